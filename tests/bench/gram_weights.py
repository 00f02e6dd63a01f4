"""`python -m tests.bench.gram_weights`: weigh runs of characters, and the words that may name a topic, and keep them.

Learnt from the starter corpus, so from nothing but what was written for this project. The vectors of messages depend
on these files: write them anew only where all vectors may change, and measure the thresholds again.
"""

import csv
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from jieba import posseg

import classifier
from classifier import starter_corpus
from classifier.grams import folded
from classifier.places import place_of
from classifier.tokens import tokenizer, tokens

DATA = Path(classifier.__file__).parent / "data"
_SELDOM = 20  # a run in fewer texts weighs 1
_STEP = 0.05
_TELLING = 4  # a word in fewer texts may be anybody's name
_USUAL = 0.02  # a word in a greater share of the texts tells nothing
_POLITE = frozenset(["尊敬", "你好", "您好", "请求", "恳请", "恳求", "请问", "打电话", "名字", "麻烦", "我市", "本人"])
_EMPTY = frozenset(["没想到", "是不是", "不算", "一共", "镇上", "提前", "引进", "加上", "经历"])
_ORDINARY = {"n": 7000, "l": 7000, "i": 7000, "j": 7000, "an": 2500, "v": 2500, "vn": 2500}
"""Kinds of words, and how often in jieba's dictionary one of them is too ordinary to tell anything."""


def runs(text: str) -> set[str]:
    """Return all runs of two and three characters without a space in them."""
    parts = folded(text).split()
    return {part[at : at + n] for part in parts for n in (2, 3) for at in range(len(part) - n + 1)}


def weighed(found: Counter[str], texts: int) -> dict[str, float]:
    """Return the weight of each common run, rounded to steps: its idf, that of a seldom one being 1."""
    most = math.log(texts / _SELDOM)
    idf = {run: math.log(texts / number) / most for run, number in found.items() if number > _SELDOM}
    return {run: round(math.floor(each / _STEP) * _STEP, 2) for run, each in idf.items()}


def keep(name: str, head: Sequence[str], weights: dict[str, float]) -> None:
    """Write what weighs the same as one line."""
    alike: defaultdict[float, list[str]] = defaultdict(list)
    for each, weight in weights.items():
        alike[weight].append(each)
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(head)
        lines.writerows((f"{weight:.2f}", " ".join(sorted(alike[weight]))) for weight in sorted(alike))


def counted(texts: Iterable[str]) -> Counter[str]:
    """Return in how many texts each run stands."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(runs(text))
    return found


def telling(texts: Sequence[str]) -> dict[str, float]:
    """Return the weight of each word that may name a topic: nouns and verbs, never a person's or a place's name."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(word for word in set(tokens(text).words.split()) if len(word) > 1 and not word.isascii())
    usual = len(texts) * _USUAL
    kept = {word: math.log(len(texts) / number) for word, number in found.items() if _TELLING <= number <= usual}
    most = math.log(len(texts) / _TELLING)
    return {word: round(idf / most, 2) for word, idf in kept.items() if _may_name(word)}


def _may_name(word: str) -> bool:
    pairs = list(posseg.cut(word))
    if len(pairs) > 1 or word in _POLITE | _EMPTY or place_of(word).spots:
        return False
    return (tokenizer().FREQ.get(word) or 0) <= _ORDINARY.get(pairs[0].flag, -1)


def main() -> int:
    """Write the files."""
    texts = [row.text for row in starter_corpus()]
    keep("telling_words.csv", ("weight", "words"), telling(texts))
    keep("gram_weights.csv", ("weight", "grams"), weighed(counted(texts), len(texts)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
