"""The process that has the appeals in hand to compare with: a question a line in, an answer a line out, as JSON.

It ends when its input does. Questions: `add` (messages as their fields), `keep` (the keys that are still to be compared
with; the others are dropped), `alike` (a message), `topics` (since, people).
"""

import json
import os
import signal
import sys
from collections.abc import Iterable
from typing import Any, Final

if __name__ == "__main__":
    os.nice(5)  # who waits for an answer goes first, also before what takes seconds to import

from classifier.tokens import tokenizer
from classifier.topics import Board, Message

_MOST_TOPICS: Final = 100
_MOST_APPEALS: Final = 500


def answer(board: Board, asked: dict[str, Any]) -> dict[str, Any]:
    """Do what a line asks for; return what is told."""
    match asked:
        case {"add": messages}:
            for each in messages:
                board.add(Message(**each))
            return {"kept": len(board)}
        case {"keep": keys}:
            _keep(board, keys)
            return {"kept": len(board)}
        case {"alike": message}:
            return {"alike": [each.key for each in board.alike(Message(**message))]}
        case {"topics": {"since": since, "people": people}}:
            found = board.topics(since=since, people=people)[:_MOST_TOPICS]
            return {"topics": [[each.keys[-_MOST_APPEALS:], each.people, each.words] for each in found]}
    raise ValueError(f"nobody knows what {sorted(asked)} asks for")


def _keep(board: Board, keys: Iterable[int]) -> None:
    for key in set(board.keys()) - set(keys):
        board.drop(key)


def main() -> None:
    """Load the words, say so, and answer until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    board = Board()
    tokenizer()
    _tell({"ready": True})
    for line in sys.stdin:
        _tell(answer(board, json.loads(line)))


def _tell(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
