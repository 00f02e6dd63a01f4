"""Which labels a model may learn from: nobody teaches too much, no two disagree, and odd ones are looked at."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import SGDClassifier

from classifier.corpus import LabelledText
from classifier.training import dealt

_FOLDS: Final = 4
_COLUMNS: Final = 2**16
_MOST_SUSPECTS: Final = 20
_HELD_OUT_OF: Final = 10


@dataclass(frozen=True)
class Lesson:
    """A message and its label, where it comes from (an appeal's number, a file and line), and whose word it is.

    `citizen` wrote it; `teachers` are those of the office by whose word the label stands. Accounts are any numbers.
    """

    text: str
    label: str
    kind: str = ""
    source: str = ""
    citizen: int | None = None
    teachers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Caps:
    """How many labels one account may give: a citizen `citizen`, one of the office `teacher` or `share` of them all."""

    citizen: int = 20
    teacher: int = 100
    share: float = 0.2


DEFAULT_CAPS: Final = Caps()


@dataclass(frozen=True)
class Vetted:
    """What may be learnt from, how much one account gave too many, how much was said twice, and what disagreed."""

    kept: tuple[Lesson, ...]
    over_cap: int = 0
    repeated: int = 0
    disagreeing: tuple[Lesson, ...] = ()


@dataclass(frozen=True)
class Suspect:
    """A label that the other labels speak against: what they make it, and how surely (0 to 1)."""

    lesson: Lesson
    said: str
    p: float


def vetted(lessons: Sequence[Lesson], *, caps: Caps = DEFAULT_CAPS) -> Vetted:
    """Drop what disagrees, what repeats and what goes over a cap; the first given are kept first."""
    labels = defaultdict(set)
    for each in lessons:
        labels[folded(each.text)].add(each.label)
    disagreeing = tuple(each for each in lessons if len(labels[folded(each.text)]) > 1)
    agreed = [each for each in lessons if len(labels[folded(each.text)]) == 1]
    single = list({folded(each.text): each for each in reversed(agreed)}.values())[::-1]
    kept = tuple(_within(single, caps))
    return Vetted(kept, len(single) - len(kept), len(agreed) - len(single), disagreeing)


def _within(lessons: Sequence[Lesson], caps: Caps) -> Iterable[Lesson]:
    may_teach = max(caps.teacher, int(caps.share * len(lessons)))
    taught: Counter[int] = Counter()
    written: Counter[int | None] = Counter()
    for each in lessons:
        too_many = any(taught[account] >= may_teach for account in each.teachers)
        if too_many or (each.citizen is not None and written[each.citizen] >= caps.citizen):
            continue
        taught.update(each.teachers)
        written[each.citizen] += 1
        yield each


def folded(text: str) -> str:
    """Return a text without what makes no difference: spaces, case, punctuation."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def is_held_out(text: str) -> bool:
    """Whether a message is one of the tenth that no model is ever trained on: its own letters decide, for ever."""
    return hashlib.sha256(folded(text).encode()).digest()[0] % _HELD_OUT_OF == 0


def suspects(lessons: Sequence[Lesson], known: Sequence[LabelledText], *, seed: int = 0) -> list[Suspect]:
    """Return the labels that the others, cross-validated, are sure are wrong; the surest first.

    The rule is that of confident learning: a label is suspicious where another is at least as probable as it is on
    average for the messages that truly bear it, by a plain model that has not seen the message. `known` are rows that
    nobody doubts; they are learnt from and not judged.
    """
    rows = [*((each.text, each.label) for each in lessons), *((each.text, each.label) for each in known)]
    names = sorted({label for _, label in rows})
    if not lessons or len(names) < 2:  # noqa: PLR2004 — between one label there is nothing to choose
        return []
    place = np.asarray([names.index(label) for _, label in rows])
    chances = _cross_validated([text for text, _ in rows], place, len(names), seed=seed)
    usual = np.asarray([chances[place == at, at].mean() for at in range(len(names))])
    found = [_suspect(lesson, chances[at], int(place[at]), usual, names) for at, lesson in enumerate(lessons)]
    return sorted((each for each in found if each), key=lambda each: -each.p)[:_MOST_SUSPECTS]


def _suspect(
    lesson: Lesson, chances: NDArray[np.float64], own: int, usual: NDArray[np.float64], names: Sequence[str]
) -> Suspect | None:
    best = int(chances.argmax())
    if best == own or chances[best] < usual[best] or chances[own] >= usual[own]:
        return None
    return Suspect(lesson, names[best], float(chances[best]))


def _cross_validated(texts: Sequence[str], place: NDArray[np.int_], labels: int, *, seed: int) -> NDArray[np.float64]:
    """Return the probability of each label for each text, (texts, labels), by models that have not seen it."""
    signs = HashingVectorizer(analyzer="char", ngram_range=(1, 2), n_features=_COLUMNS, alternate_sign=False)
    matrix = signs.transform([folded(text) for text in texts])
    folds = dealt([str(at) for at in place], _FOLDS, seed=seed)
    chances = np.zeros((len(texts), labels))
    for fold in range(_FOLDS):
        aside, seen = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        if len(aside) and len(set(place[seen])) > 1:
            plain = SGDClassifier(loss="log_loss", alpha=1e-5, max_iter=8, tol=None, random_state=seed)
            plain.fit(matrix[seen], place[seen])
            chances[np.ix_(aside, plain.classes_)] = plain.predict_proba(matrix[aside])
    alone = folds < 0  # a label's only row is judged by nothing: it is taken as it is
    chances[alone, place[alone]] = 1.0
    return chances
