"""A message becomes words and characters here: normalised, cut by jieba with the city's terms, joined by spaces."""

import re
import threading
import tomllib
import unicodedata
import warnings
from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final, NamedTuple, Protocol, cast

LONGEST: Final = 4000
"""Characters of a message that are read; what stands behind them seldom changes who is in charge."""

SHORTEST_TITLE: Final = 5
LONGEST_TITLE: Final = 80
_GOES_ON: Final = (",", ":", "\uff0c", "\uff1a")
"""Commas and colons of both widths: a letter's salutation ends in one of them, a title does not."""

ELSEWHERE: Final = "elsewhere"
"""The word that stands for the name of any other city or province: which one it is decides nothing."""

_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_SIGNS = re.compile(r"[\W_]+")
_loading = threading.Lock()


class Tokens(NamedTuple):
    """A text as two strings: `words` and `characters`, each with single spaces between its parts."""

    words: str
    characters: str


class Cut(NamedTuple):
    """One message: the tokens of its title (both strings empty where it has none) and of its body."""

    title: Tokens
    body: Tokens

    @property
    def words(self) -> str:
        """Return the words of both."""
        return f"{self.title.words} {self.body.words}".strip()


def normalised(text: str) -> str:
    """Return `text` in NFKC, lower case, numbers as 0, other cities as ELSEWHERE, signs as a space; LONGEST at most."""
    text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].lower()
    return _SIGNS.sub(" ", _elsewhere().sub(f" {ELSEWHERE} ", _DIGITS.sub("0", text))).strip()[:LONGEST].strip()


def tokens(text: str) -> Tokens:
    """Cut a message, long words into their shorter ones too; both strings are empty where it holds signs only."""
    plain = normalised(text)
    words = " ".join(word for word in tokenizer().cut_for_search(plain) if word != " ")
    return Tokens(words=words, characters=plain)


def cut(text: str) -> Cut:
    """Cut a message into its title, where it has one, and its body."""
    title, body = parted(text[:LONGEST])
    return Cut(tokens(title), tokens(body))


def parted(text: str) -> tuple[str, str]:
    """Return title and body of a message: the first of several lines may be a title.

    One that is very short greets, one that ends in a colon or comma is a salutation.
    """
    first, _, rest = text.strip().partition("\n")
    title, body = first.strip(), rest.strip()
    if body and SHORTEST_TITLE <= len(title) <= LONGEST_TITLE and title[-1] not in _GOES_ON:
        return title, body
    return "", text.strip()


@cache
def _elsewhere() -> re.Pattern[str]:
    """Find the names of data/elsewhere.toml, but not where they name a street, a shop or a dish."""
    read = tomllib.loads(resources.files("classifier").joinpath("data/elsewhere.toml").read_text(encoding="utf-8"))
    names = "|".join(sorted(map(re.escape, read["names"].split()), key=len, reverse=True))
    return re.compile(f"(?:{names})(?:{read['ending']})?(?!{read['named_after_it']})")


class Cutter(Protocol):
    """What cuts a text into words."""

    def cut(self, text: str, /) -> Iterable[str]:
        """Return the words of a text in their order."""

    def cut_for_search(self, text: str, /) -> Iterable[str]:
        """Return the words of a text in their order, long ones behind the shorter ones within them."""


@cache
def reference() -> Cutter:
    """Return jieba itself; reading its dictionary takes a second.

    The dictionary is read anew: jieba's own cache is a marshal file in a folder that everybody may write to.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="pkg_resources is deprecated", category=UserWarning)
        warnings.filterwarnings("ignore", message=".*invalid escape sequence", category=SyntaxWarning)
        warnings.filterwarnings("ignore", message=".*invalid escape sequence", category=DeprecationWarning)
        import jieba  # noqa: PLC0415 — where the quick one is installed, it is needed in tests only
    cutter = jieba.Tokenizer()
    cutter.FREQ, cutter.total = cutter.gen_pfdict(cutter.get_dict_file())
    cutter.initialized = True
    with _terms().open("rb") as terms:
        cutter.load_userdict(terms)
    return cast("Cutter", cutter)


@cache
def _quick() -> Cutter | None:
    """Return jieba's like in Rust, where the package is installed: the same words twenty times as fast."""
    try:
        from rjieba import Jieba  # noqa: PLC0415 — may be missing
    except ImportError:
        return None
    cutter = Jieba()
    for term in _terms().read_text(encoding="utf-8").split():
        cutter.add_word(term, None, None)
    return cast("Cutter", cutter)


def _terms() -> Traversable:
    return resources.files("classifier").joinpath("data/terms.txt")


def tokenizer() -> Cutter:
    """Return what cuts words in this process; the first call may take a second, so make it at start."""
    with _loading:
        return _quick() or reference()
