"""What many people report at once (热点): clusters of alike messages of one place, named by their words."""

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Final

from classifier.duplicates import HEAD, SAME_TOPIC, Alike, Index, vector_of
from classifier.places import Place, names_in, place_of
from classifier.tokens import normalised, tokenizer

WORDS: Final = 3
"""A topic is named by so many words at most."""

_NAMED_BY: Final = 150
_NEIGHBOURS: Final = 60
_SHARED: Final = 0.3
_JOINED: Final = 0.25


@dataclass(frozen=True)
class Message:
    """One message as it comes: whose it is (any number), when it came (seconds), and what is known of its place.

    `place`: where it is in words that stand beside the text; `areas`: such as the code of its town; `spots`: the name
    of its village, or others that say where exactly.
    """

    key: int
    text: str
    person: int
    at: float
    place: str = ""
    areas: Sequence[str] = ()
    spots: Sequence[str] = ()


@dataclass(frozen=True)
class Topic:
    """A cluster: the keys of its messages, the oldest first, how many people wrote them, and its telling words."""

    keys: tuple[int, ...]
    people: int
    words: tuple[str, ...]


@dataclass
class _Kept:
    person: int
    at: float
    words: Mapping[str, int]
    names: frozenset[str]
    near: dict[int, float] = field(default_factory=dict)


class Board:
    """The messages in hand: asked what is like a new one, and what many people report.

    Who is like whom is found once, when a message comes; no text is kept.
    """

    def __init__(self) -> None:
        self._index = Index()
        self._kept: dict[int, _Kept] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, message: Message) -> None:
        """Keep a message, in the place of an earlier one with the same key."""
        self.drop(message.key)
        vector, place = vector_of(message.text), _place(message)
        kept = _Kept(message.person, message.at, telling(message.text), names_in(message.text))
        for each in self._index.find(vector, place, least=SAME_TOPIC, limit=_NEIGHBOURS):
            kept.near[each.key] = self._kept[each.key].near[message.key] = each.likeness
        self._kept[message.key] = kept
        self._index.add(message.key, vector, place)

    def drop(self, key: int) -> None:
        """Forget a message; one that is not there is nothing to forget."""
        self._index.drop(key)
        kept = self._kept.pop(key, None)
        for each in kept.near if kept else ():
            self._kept[each].near.pop(key, None)

    def keys(self) -> Collection[int]:
        """Return the keys of all messages that are kept."""
        return self._kept.keys()

    def alike(self, message: Message, *, limit: int = 5) -> list[Alike]:
        """Return the kept messages that tell of the same matter, the likest first."""
        return self._index.find(vector_of(message.text), _place(message), limit=limit)

    def topics(self, *, since: float, people: int) -> list[Topic]:
        """Return what at least so many people report since then, the most reported first."""
        window = {key: kept for key, kept in self._kept.items() if kept.at >= since}
        usual = Counter(word for kept in window.values() for word in kept.words)
        found = []
        for cluster in _joined(_stars(window), window):
            keys = tuple(sorted(cluster, key=lambda key: (window[key].at, key)))
            persons = len({window[key].person for key in keys})
            if persons >= people:
                found.append(Topic(keys, persons, _words([window[key] for key in keys], usual, len(window))))
        return sorted(found, key=lambda topic: (-topic.people, -len(topic.keys), topic.keys))


def _place(message: Message) -> Place:
    return place_of(f"{message.place}\n{message.text}", areas=message.areas, spots=message.spots)


def telling(text: str) -> dict[str, int]:
    """Return the words at the beginning of a message that may name a topic; those in its first sentence count 2.

    They are out of a fixed list in which nobody's name stands; what belongs to the name of a place is left out too.
    """
    names = "\n".join(names_in(text))
    found: dict[str, int] = {}
    for begin, end, worth in ((0, HEAD, 2), (HEAD, _NAMED_BY, 1)):
        for word in tokenizer().cut(normalised(text[begin:end])):
            if word in _telling() and word not in names:
                found.setdefault(word, worth)
    return found


def _stars(window: Mapping[int, _Kept]) -> list[set[int]]:
    """Put each message to the likest of those with most people around them; nobody is in two clusters."""
    around = {
        key: len({window[each].person for each in kept.near if each in window} - {kept.person})
        for key, kept in window.items()
    }
    free, found = set(window), []
    for key in sorted(window, key=lambda key: (-around[key], -len(window[key].near), key)):
        if key in free:
            star = {key, *(each for each in window[key].near if each in free)}
            free -= star
            found.append(star)
    return found


def _joined(stars: Sequence[set[int]], window: Mapping[int, _Kept]) -> list[set[int]]:
    """Put a star to an earlier one with which enough of its possible pairs are alike."""
    clusters: list[set[int]] = []
    belongs: dict[int, int] = {}
    for star in stars:
        shared: Counter[int] = Counter()
        for key in star:
            shared.update(belongs[each] for each in window[key].near if each in belongs)
        best = max(shared, key=lambda at: (shared[at] / (len(star) * len(clusters[at])), -at), default=None)
        if best is None or shared[best] < _JOINED * len(star) * len(clusters[best]):
            best = len(clusters)
            clusters.append(set())
        clusters[best] |= star
        belongs |= dict.fromkeys(star, best)
    return clusters


def _words(cluster: Sequence[_Kept], usual: Counter[str], messages: int) -> tuple[str, ...]:
    """Return the words that most of a cluster's people use and few others do."""
    said: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for kept in cluster:
        for word, worth in kept.words.items():
            said[word][kept.person] = max(worth, said[word].get(kept.person, 0))
    everybody = len({kept.person for kept in cluster})
    names = Counter(name for kept in cluster for name in kept.names)
    places = "\n".join(name for name, times in names.items() if times > 1)
    weights = {
        word: sum(who.values()) * math.log(1 + messages / usual[word]) * _telling()[word]
        for word, who in said.items()
        if len(who) > 1 and len(who) >= _SHARED * everybody and word not in places
    }
    chosen: list[str] = []
    for word in sorted(weights, key=lambda word: (-weights[word], word)):
        if len(chosen) < WORDS and not any(word in each or each in word for each in chosen):
            chosen.append(word)
    return tuple(chosen)


@cache
def _telling() -> Mapping[str, float]:
    with resources.files("classifier").joinpath("data/telling_words.csv").open(encoding="utf-8") as file:
        return {word: float(row["weight"]) for row in csv.DictReader(file) for word in row["words"].split()}
