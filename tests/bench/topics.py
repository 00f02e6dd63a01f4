"""`python -m tests.bench.topics`: near-duplicates and hot topics, on real messages and on very many.

`--pairs FILE` (CSV: `one,two,same`, two ids and `matter`, `topic` or `other`) prints precision and recall on pairs that
somebody has read; `--many N` sets how many open appeals one is looked for among.
"""

import argparse
import csv
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from classifier import starter_corpus
from classifier.duplicates import SAME_MATTER, SAME_TOPIC, Index, likeness, vector_of
from classifier.places import Agreement, place_of
from classifier.topics import Board, Message, Topic
from storage.domain.topics import TopicRule, is_same

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "messages_stream.csv"
_BANDS = (0.2, 0.25, 0.3, 0.35, 0.45, 0.6)
_LARGEST = 10
_ASKED = 500
_TOWNS = 15


@dataclass(frozen=True)
class Real:
    """A real message: its id, whose it is, when it came, what it says."""

    id: str
    user: str
    at: datetime
    text: str


def real_messages() -> list[Real]:
    """The messages that lie beside the project for measuring, in the order of time; none where they do not."""
    if not REAL.exists():
        return []
    with REAL.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [Real(r["id"], r["user"], datetime.fromisoformat(r["time"]), f"{r['title']}\n{r['body']}") for r in rows]
    return sorted(found, key=lambda each: each.at)


@dataclass
class Followed:
    """A topic over the days on which it was seen, as it was at its largest."""

    members: tuple[int, ...]
    largest: Topic


def followed(messages: Sequence[Real], rule: TopicRule) -> list[Followed]:
    """Look at the end of each day at the window before it, as the bot's job does; return every topic seen."""
    board, topics, waiting = Board(), list[Followed](), list(enumerate(messages))
    users = {user: number for number, user in enumerate(sorted({each.user for each in messages}))}
    day = messages[0].at.date()
    while waiting:
        day += timedelta(days=1)
        end = datetime(day.year, day.month, day.day, tzinfo=messages[0].at.tzinfo)
        came = [pair for pair in waiting if pair[1].at < end]
        waiting = waiting[len(came) :]
        for key, each in came:
            board.add(Message(key, each.text, users[each.user], each.at.timestamp()))
        if came:
            since = (end - timedelta(days=rule.days)).timestamp()
            _follow(topics, board.topics(since=since, people=rule.people))
    return topics


def _follow(topics: list[Followed], seen: Sequence[Topic]) -> None:
    for each in seen:
        known = next((topic for topic in topics if is_same(topic.members, each.keys)), None)
        if known is None:
            topics.append(Followed(each.keys, each))
            continue
        known.members = each.keys
        if (each.people, len(each.keys)) > (known.largest.people, len(known.largest.keys)):
            known.largest = each


def print_topics(messages: Sequence[Real]) -> None:
    """Print the largest: how many people and messages at the peak, and the words they are named by."""
    topics = sorted(followed(messages, TopicRule()), key=lambda each: (-each.largest.people, -len(each.largest.keys)))
    print(f"{len(messages)} messages, windows of {TopicRule().days} days: {len(topics)} topics, the largest:")
    print(f"{'people':>8}{'messages':>10}  words")
    for each in topics[:_LARGEST]:
        print(f"{each.largest.people:>8}{len(each.largest.keys):>10}  {' '.join(each.largest.words)}")


def print_bands(messages: Sequence[Real]) -> None:
    """Print how many pairs lie in each band of likeness, by how their places agree."""
    index, places, found = Index(), [place_of(each.text) for each in messages], Counter[tuple[float, Agreement]]()
    everything = dict.fromkeys(Agreement, _BANDS[0])
    for key, each in enumerate(messages):
        vector = vector_of(each.text)
        for pair in index.find(vector, places[key], least=everything, limit=1000):
            found[max(band for band in _BANDS if band <= pair.likeness), pair.place] += 1
        index.add(key, vector, places[key])
    print("pairs by likeness (districts that differ are never compared):")
    print(f"{'from':>6}" + "".join(f"{each.name.lower():>10}" for each in Agreement))
    for band in _BANDS:
        print(f"{band:>6.2f}" + "".join(f"{found[band, each]:>10}" for each in Agreement))


def print_marked(messages: Sequence[Real], marked: Path) -> None:
    """Print precision and recall of both sets of thresholds on pairs that somebody has read."""
    texts = {each.id: each.text for each in messages}
    with marked.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name, least, good in (("matter", SAME_MATTER, {"matter"}), ("topic", SAME_TOPIC, {"matter", "topic"})):
        said = [_is_alike(texts[row["one"]], texts[row["two"]], least) for row in rows]
        true = [row["same"] in good for row in rows]
        weights = np.array([float(row.get("weight") or 1) for row in rows])
        right = weights[np.logical_and(said, true)].sum()
        precision, recall = right / weights[said].sum(), right / weights[true].sum()
        print(f"same {name:<7} {len(rows)} pairs: precision {precision:.2f}, recall {recall:.2f}")


def _is_alike(one: str, two: str, least: dict[Agreement, float]) -> bool:
    agreement = place_of(one).agrees(place_of(two))
    return likeness(vector_of(one), vector_of(two)) >= least.get(agreement, 2.0)


def print_speed(many: int) -> None:
    """Print how long one query takes among so many made-up appeals, and the memory they take."""
    chance = random.Random(20261125)  # noqa: S311 - the same appeals each time
    written = [row.text for row in starter_corpus()]
    index, asked, spent = Index(), [], 0.0
    for key in range(many):
        text = " ".join(chance.choice(written)[:120] for _ in range(3))
        areas = [f"town-{chance.randrange(_TOWNS)}"] if chance.random() < 0.7 else []
        begun = time.process_time()
        vector, place = vector_of(text), place_of(text, areas=areas)
        spent += time.process_time() - begun
        index.add(key, vector, place)
        if key % max(1, many // _ASKED) == 0:
            asked.append((vector, place))
    took = []
    for vector, place in asked:
        begun = time.process_time()
        index.find(vector, place)
        took.append((time.process_time() - begun) * 1e3)
    middle, late = np.quantile(took, (0.5, 0.99))
    print(f"{many} appeals, CPU time: a vector and a place {spent / many * 1e3:.2f} ms, one query {middle:.1f} ms,")
    print(f"p99 {late:.1f} ms; the vectors and lists take {index.size / 2**20:.0f} MiB")


def main() -> int:
    """Print it all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--many", type=int, default=100_000)
    given = parser.parse_args()
    messages = real_messages()
    if messages:
        print_topics(messages)
        print_bands(messages)
        if given.pairs:
            print_marked(messages, given.pairs)
    else:
        print("No real messages lie beside the project: topics and pairs are not measured.")
    print_speed(given.many)
    return 0


if __name__ == "__main__":
    sys.exit(main())
