"""All claims, in the order in which the table shows them."""

from tests.bot.platforms.sandbox.conformance import (
    claims_delivery,
    claims_groups,
    claims_media,
    claims_receiving,
    claims_refusals,
    claims_sending,
)
from tests.bot.platforms.sandbox.conformance.scene import CLAIMS, Claim

CHAPTERS: dict[str, list[Claim]] = {
    title: [claim for claim in CLAIMS if claim.show.__module__ == module.__name__]
    for title, module in {
        "What a bot sends": claims_sending,
        "Files": claims_media,
        "What a bot is told": claims_receiving,
        "Groups, forums, channels": claims_groups,
        "What is refused": claims_refusals,
        "How updates are delivered": claims_delivery,
    }.items()
}
