"""Shows every claim with both libraries and prints the table: `--write` puts it into docs/conformance.md."""

import asyncio
import logging
import sys
from pathlib import Path

from tests.bot.platforms.sandbox.conformance.claims import CHAPTERS
from tests.bot.platforms.sandbox.conformance.clients import LIBRARIES
from tests.bot.platforms.sandbox.conformance.scene import Claim, shown

PAGE = Path(__file__).parents[5] / "docs/conformance.md"


async def _mark(claim: Claim, library: object) -> str:
    try:
        await shown(claim, library)
    except Exception as error:  # noqa: BLE001 - whatever speaks against a claim is its mark
        sys.stderr.write(f"✗ {claim.words}: {library}: {type(error).__name__}: {error}\n")
        return "✗"
    return "✓"


async def table() -> str:
    """Return the page, its opening as it stands, with a mark for every claim and library."""
    names = [library.library for library in LIBRARIES]
    lines = [PAGE.read_text(encoding="utf-8").partition("\n## ")[0]]
    for title, claims in CHAPTERS.items():
        lines += [f"## {title}\n", f"| claim | {' | '.join(names)} |", "|---|" + ":-:|" * len(names)]
        for claim in claims:
            marks = [await _mark(claim, library) for library in LIBRARIES]
            lines.append(f"| {claim.words} | {' | '.join(marks)} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Print the table, or write it."""
    logging.disable(logging.CRITICAL)  # refusals are what is wanted here
    page = asyncio.run(table())
    if "--write" in sys.argv:
        PAGE.write_text(page, encoding="utf-8")
    sys.stdout.write(page)
    sys.exit("✗" in page)


if __name__ == "__main__":
    main()
