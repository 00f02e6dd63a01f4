"""Whether somebody is in danger now, told from what they wrote: by words, what stands around them, and by weight.

A word of danger counts unless its sentence denies it, imagines it, tells it of others or of long ago, or what follows
says that it is over. A sign is weaker than a cry: it needs a word of now beside it, and so does a cry in a long or
formal text. In doubt there is danger: the answer to it does no harm.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from storage.domain.folding import LEFT_OUT, Folding
from storage.domain.scale import Scale

_BEFORE, _AFTER = 40, 30  # so many characters of its sentence are what stands around a word
_SOON = 60  # what is over is said to be so within as many characters
_LONG = 160  # a text longer than this tells a story
_SHORT = 70  # and in one shorter than this a sign may count, or a cry that sounds like an office's
_CRY = 9  # what is no longer than this is not weighed
_HEAVY = 0.0  # what weighs more is danger without a word for it
_FEARED = 0.5  # and what is imagined, or to be prevented, must weigh so much more
_APART = 0.5  # and so must what speaks of none of the things that dangers are about
_LIGHT = -3.0  # what weighs less is none in spite of a word
_ABOUT, _NAMED, _WORDED = 1.2, 1.0, 0.7  # a kind is likelier by so much if words are about it, name it, or decided
_MUCH = 3  # words about a kind, and more make no difference


_Span = tuple[int, int]


class Danger(StrEnum):
    """What somebody is in danger of; each has its sentence."""

    GENERAL = "general"
    GAS = "gas"
    FIRE = "fire"
    WIRES = "wires"
    INJURY = "injury"
    VIOLENCE = "violence"
    DESPAIR = "despair"
    MISSING = "missing"
    CRIME = "crime"


class Veil(StrEnum):
    """What takes the danger out of a word; a danger may shrug one off."""

    SUPPOSED = "supposed"
    ASKED = "asked"
    USUAL = "usual"
    LATELY = "lately"
    LONG_AGO = "long_ago"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A danger, and the words that decided, as they were understood."""

    danger: Danger
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signs:
    """How one danger shows: by cries, by weaker signs, not beside some words; and the veils it shrugs off.

    What it is about tells one danger from another, and nothing else.
    """

    danger: Danger
    about: re.Pattern[str]
    cries: re.Pattern[str]
    signs: re.Pattern[str]
    unless: re.Pattern[str]
    pressing: re.Pattern[str] | None
    shrugs: frozenset[Veil]


@dataclass(frozen=True, slots=True)
class Context:
    """What is said around a word of danger; `denied` holds the words that may stand right before it."""

    denied: tuple[str, ...]
    not_it: re.Pattern[str]
    supposed: re.Pattern[str]
    prevented: re.Pattern[str]
    elsewhere: re.Pattern[str]
    asked: re.Pattern[str]
    usual: re.Pattern[str]
    lately: re.Pattern[str]
    long_ago: re.Pattern[str]
    settled: re.Pattern[str]
    formal: re.Pattern[str]
    now: re.Pattern[str]
    urgent: re.Pattern[str]

    def is_denied(self, before: str, word: str) -> bool:
        """Say whether a word is denied: right before it, or at its end or inside as the thing that it is not."""
        return before.endswith(self.denied) or self.not_it.search(word) is not None


@dataclass(frozen=True, slots=True)
class DangerRules:
    """All that is known about dangers; `kinds` stand in order, the gravest first."""

    folding: Folding
    context: Context
    kinds: tuple[Signs, ...]
    scale: Scale


class _Proof(IntEnum):
    """What stands beside a word of danger to show that it is now."""

    NONE = 0
    NOW = 1
    URGENT = 2


@dataclass(frozen=True, slots=True)
class _Found:
    """A word of danger, what stands before and after it in its sentence, and beyond that near it and next."""

    word: str
    before: str
    after: str
    near: str
    next: str

    @property
    def told(self) -> str:
        """What leads to the word, and the word."""
        return self.before + self.word

    @property
    def clause(self) -> str:
        """The same from the last comma on."""
        return self.before[self.before.rfind(",") + 1 :] + self.word

    @property
    def phrase(self) -> str:
        """The word and what stands with it between two commas."""
        return self.clause + self.after.partition(",")[0]

    @property
    def whole(self) -> str:
        """All of it."""
        return self.before + self.word + self.after

    @property
    def beside(self) -> str:
        """All but the word."""
        return self.before + LEFT_OUT + self.after


def find_danger(text: str, rules: DangerRules) -> Alarm | None:
    """Return the danger that somebody is in now, or None.

    The words of danger and the scale speak together: neither needs to be sure where the other is.
    """
    folded = rules.folding.fold(text)
    alarm = _worded(folded, rules)
    if len(folded) <= _CRY:
        return alarm
    weighed, part = _weighed(folded, rules)
    if alarm is None:
        is_danger = weighed > _heavy_for(part, rules)
        return Alarm(_kind(part, rules, None), (rules.scale.heaviest(part),)) if is_danger else None
    if weighed < _LIGHT:
        return None
    return Alarm(_kind(folded, rules, alarm.danger), alarm.words)


def _heavy_for(part: str, rules: DangerRules) -> float:
    """Return how much a text must weigh for a danger that no word tells of."""
    context = rules.context
    feared = context.supposed.search(part) is not None or context.prevented.search(part) is not None
    apart = not any(kind.about.search(part) for kind in rules.kinds)
    return _HEAVY + _FEARED * feared + _APART * apart


def _worded(folded: str, rules: DangerRules) -> Alarm | None:
    """Return the gravest danger that the words tell of."""
    urgent = _lines(folded, rules.context.urgent) if len(folded) > _LONG else set()
    for kind in rules.kinds:
        for found, weak in _told(folded, kind, urgent):
            formal = rules.context.formal.search(found.whole if len(folded) <= _SHORT else folded) is not None
            wanted = max(_wanted(len(folded), formal=formal), _Proof.NOW if weak else _Proof.NONE)
            if (words := _deciding(found, kind, rules.context, wanted)) is not None:
                return Alarm(kind.danger, words)
    return None


def _weighed(folded: str, rules: DangerRules) -> tuple[float, str]:
    """Weigh a text, a long one in parts; return what the heaviest part weighs, and the part."""
    parts = [folded] if len(folded) <= _LONG else _parts(folded, rules.context.urgent)
    return max(((rules.scale.weigh(part), part) for part in parts), default=(0.0, ""))


def _parts(folded: str, urgent: re.Pattern[str]) -> Iterator[str]:
    """Yield of a long text what stands around each sentence in which a word presses."""
    for first, last in sorted(_lines(folded, urgent)):
        yield folded[max(first - _SOON, 0) : last + _SOON]


def _kind(folded: str, rules: DangerRules, worded: Danger | None) -> Danger:
    """Return the likeliest kind: what the scale says, and the words whatever stands around them."""
    weights = rules.scale.weigh_kinds(folded)
    for kind in rules.kinds:
        about = len({match[0] for match in kind.about.finditer(folded)})
        weights[kind.danger] += _ABOUT * min(about, _MUCH) + _NAMED * (kind.cries.search(folded) is not None)
        weights[kind.danger] += _WORDED * (kind.danger is worded)
    return Danger(max(weights, key=weights.__getitem__))


def _wanted(length: int, *, formal: bool) -> _Proof:
    """Say what a cry needs beside it in a text of this length, in a sentence that sounds formal or not."""
    if length > (_SHORT if formal else _LONG):
        return _Proof.URGENT
    return _Proof.NOW if formal or length > _SHORT else _Proof.NONE


def _told(folded: str, kind: Signs, urgent: set[_Span]) -> Iterator[tuple[_Found, bool]]:
    """Yield the cries of a danger, then its signs, which count for nothing in a longer text.

    In a long one only those sentences are looked at in which a word presses.
    """
    lines = urgent | _lines(folded, kind.pressing) if len(folded) > _LONG else {(0, len(folded))}
    for first, last in sorted(lines):
        yield from ((found, False) for found in _found(folded, kind.cries, first, last))
    if len(folded) <= _SHORT:
        yield from ((found, True) for found in _found(folded, kind.signs, 0, len(folded)))


def _lines(folded: str, pattern: re.Pattern[str] | None) -> set[_Span]:
    """Return where the sentences stand in which the pattern finds something."""
    return set() if pattern is None else {_line(folded, match.start()) for match in pattern.finditer(folded)}


def _line(folded: str, place: int) -> _Span:
    end = folded.find("\n", place)
    return folded.rfind("\n", 0, place) + 1, len(folded) if end < 0 else end


def _found(folded: str, pattern: re.Pattern[str], first: int, last: int) -> Iterator[_Found]:
    """Yield what the pattern finds between two places of the text, each with what stands around it in its sentence."""
    for match in pattern.finditer(folded, first, last):
        start, end = match.span()
        before = folded[max(folded.rfind("\n", 0, start) + 1, start - _BEFORE) : start]
        after = folded[end : min(_line(folded, end)[1], end + _AFTER)]
        near = folded[max(start - _SOON, 0) : start] + LEFT_OUT + folded[end : end + _SOON]
        yield _Found(match[0], before, after, near, folded[end : end + _SOON])


def _deciding(found: _Found, kind: Signs, context: Context, wanted: _Proof) -> tuple[str, ...] | None:
    """Return the words that make it a danger of now, or None if it is none."""
    if context.is_denied(found.before, found.word) or kind.unless.search(found.phrase):
        return None
    urgent = _first(found.beside, context.urgent, kind.pressing)
    now = urgent or _first(found.near, context.now)
    given = _Proof.URGENT if urgent else _Proof.NOW if now else _Proof.NONE
    if given < wanted or _is_veiled(found, kind, context, given):
        return None
    return (found.word,) if now is None else tuple(dict.fromkeys((found.word, now)))


def _first(text: str, *patterns: re.Pattern[str] | None) -> str | None:
    matches = (pattern.search(text) for pattern in patterns if pattern is not None)
    return next((match[0] for match in matches if match), None)


def _is_veiled(found: _Found, kind: Signs, context: Context, given: _Proof) -> bool:
    """Say whether what stands around a word takes the danger out of it; some of that a word of now outdoes."""
    veils = (
        (None, None, context.prevented, found.told),
        (None, None, context.elsewhere, found.told),
        (Veil.SUPPOSED, None, context.supposed, found.clause),
        (Veil.ASKED, _Proof.NOW, context.asked, found.whole),
        (Veil.USUAL, _Proof.NOW, context.usual, found.whole),
        (Veil.LATELY, _Proof.NOW, context.lately, found.whole),
        (Veil.LONG_AGO, _Proof.URGENT, context.long_ago, found.whole),
        (Veil.SETTLED, None, context.settled, found.next),
    )
    return any(
        veil not in kind.shrugs and (outdone is None or given < outdone) and pattern.search(where) is not None
        for veil, outdone, pattern, where in veils
    )
