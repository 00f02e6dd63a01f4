"""What supervisors read of what many people report at once (热点)."""

from collections.abc import Sequence

MERGE, NUMBERS, WATCH_ON, NOT_ONE = "合成一件", "看编号", "继续看", "不是一件事"
YES_MERGE, BACK = "是,合成一件", "返回"
SOMEBODY = "监督员"
WATCHED_ON = "继续看着,再多了告诉您。"


def more_of_a_kind(
    *, place: str, topic: Sequence[str], days: int, appeals: int, people: int, units: Sequence[tuple[str, int]]
) -> str:
    """Write the card (【同类增多】): where, about what, how many, and at which units they are."""
    headline = " ".join(part for part in (f"【同类增多】{place}", "、".join(topic)) if part)
    at = "、".join(f"{unit}{number}件" for unit, number in units)
    return "\n".join([headline, f"{days}天{appeals}件,{people}人反映:", at])


def without_unit() -> str:
    """Name where an appeal is that nobody was given yet."""
    return "待派单"


def number_line(*, number: str, department: str, status: str) -> str:
    """Write one appeal of it: its number, where it is and how it stands; nothing anybody said."""
    return " ".join(part for part in (number, department, status) if part)


def left_out(number: int) -> str:
    """Say how many more there are than fit."""
    return f"……还有{number}件"


def ask_merge(text: str, *, others: int, lead: str, department: str) -> str:
    """Ask before many are merged: the units and the citizens hear of it."""
    hand = f",由{department}办" if department else ""
    return f"{text}\n把另外{others}件并到最早的 {lead}{hand},告诉各位群众和单位。是同一件事吗?"


def merged(text: str, *, merged: int, lead: str, name: str) -> str:
    """Write what is left of the card once they are handled as one."""
    return f"{text}\n{name}把另外{merged}件并到了 {lead}。"


def dismissed(text: str, *, name: str) -> str:
    """Write what is left of the card once somebody said that it is not one matter."""
    return f"{text}\n{name}说,这不是一件事。这些以后不再合在一起提醒。"


def watched(text: str, *, name: str) -> str:
    """Write what is left of the card once somebody goes on watching."""
    return f"{text}\n{name}继续看着。再多了,再告诉大家。"
