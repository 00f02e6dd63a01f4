"""How well messages with several matters are told from those with one: `python -m tests.bench.splitting [--write]`.

Learnt from tests/classifier/several/tuning.jsonl and tried on blind.jsonl, whose author had not seen the rule; with
--write learnt from both and kept in classifier/data/splitting.toml.
"""

import argparse
import csv
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from classifier import Model, load_or_train_starter
from classifier.splitting import Rule, Signs, cuts, signs_at

ROOT = Path(__file__).parents[2]
SETS = ROOT / "tests/classifier/several"
UNSEEN = ROOT / "classifier/data/gate.csv"
KEPT = ROOT / "classifier/data/splitting.toml"
PENALTY = 0.3
OFFERED_FROM = 0.5
"""A message is cut from this probability on: asking in vain costs one press, not asking another unit's answer."""


@dataclass(frozen=True)
class Message:
    """A text, the places where a new matter begins, and the signs at each place tried."""

    text: str
    begins: frozenset[int]
    tried: tuple[tuple[int, Signs], ...]


def messages(model: Model, name: str) -> list[Message]:
    """Read a set and look for the signs."""
    lines = (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_message(model, [part["text"] for part in json.loads(line)["parts"]]) for line in lines]


def unseen(model: Model) -> list[Message]:
    """Read messages written without a thought of several matters."""
    with UNSEEN.open(encoding="utf-8", newline="") as file:
        return [_message(model, [row["text"]]) for row in csv.DictReader(file)]


def _message(model: Model, parts: Sequence[str]) -> Message:
    text, begins = "".join(parts), set()
    for at in range(1, len(parts)):
        rest = "".join(parts[at:])
        begins.add(len(text) - len(re.sub(r"^[\W_]+", "", rest)))
    places = cuts(text)
    tried = ((place, signs) for place, signs in zip(places, signs_at(model, text, places), strict=True) if signs)
    return Message(text, frozenset(begins), tuple(tried))


def learnt(seen: Sequence[Message]) -> Rule:
    """Learn what each sign weighs; the bias is set so that a sum above 0 means OFFERED_FROM or more."""
    rows = np.asarray([signs for each in seen for _, signs in each.tried])
    truth = [place in each.begins for each in seen for place, _ in each.tried]
    spread = rows.std(axis=0) + 1e-9
    found = LogisticRegression(C=PENALTY, max_iter=3000).fit(rows / spread, truth)
    weights = dict(zip(Signs._fields, (found.coef_[0] / spread).round(4).tolist(), strict=True))
    return Rule(weights, round(float(found.intercept_[0]) - float(np.log(OFFERED_FROM / (1 - OFFERED_FROM))), 4))


def is_cut(rule: Rule, message: Message) -> bool:
    """Whether splitting would be offered."""
    return any(rule.weigh(signs) > 0 for _, signs in message.tried)


def report(name: str, rule: Rule, asked: Sequence[Message]) -> str:
    """Say how many of those with several matters are found, and how many of the others are asked about in vain."""
    several = [is_cut(rule, each) for each in asked if each.begins]
    one = [is_cut(rule, each) for each in asked if not each.begins]
    found = f"{np.mean(several):>8.3f}" if several else f"{'':>8}"
    return f"{name:<44}{found}{np.mean(one):>10.3f}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the rule learnt from both sets")
    given = parser.parse_args()
    model = load_or_train_starter(ROOT / "var/model")
    tuning, blind = messages(model, "tuning"), messages(model, "blind")
    print(f"{'messages':<44}{'found':>8}{'in vain':>10}")
    print(report("tuning, learnt from blind", learnt(blind), tuning))
    print(report("blind, learnt from tuning", learnt(tuning), blind))
    print(report("one matter each, written by somebody else", learnt([*tuning, *blind]), unseen(model)))
    if given.write:
        _keep(learnt([*tuning, *blind]))
    return 0


def _keep(rule: Rule) -> None:
    lines = ["# What each sign that two matters meet weighs; written by `python -m tests.bench.splitting --write`."]
    lines += [f"bias = {rule.bias}", "", "[weights]", *(f"{name} = {value}" for name, value in rule.weights.items())]
    KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
