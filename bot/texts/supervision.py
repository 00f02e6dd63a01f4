"""What the supervisors read (监督群): the lead to be named, and how it came to that."""

from collections.abc import Sequence

OTHER_UNIT = "别的单位"
SOMEBODY = "监督员"
CONFIDENTIAL = "保密件,内容不在群里显示。"


def name_lead(
    *,
    number: str,
    returns: int,
    place: str,
    text: str,
    history: Sequence[str],
    rules: Sequence[str],
    due: str | None,
) -> str:
    """Write the card of an appeal whose lead a supervisor has to name (【定主办】); `rules`: what the list says."""
    headline = f"【定主办】{number}" + (f" 退过{returns}次" if returns else "")
    lines = [headline, place, text, *history, *rules, f"原来的答复期限:{due}(不往后推)" if due else ""]
    last = "定了以后不能再退,并写进派单目录。" if rules else "定了以后不能再退。"
    return "\n".join([*(line for line in lines if line), last])


def step(what: str, *, when: str, old: str, new: str, reason: str, words: str) -> str:
    """Write one step of how it came to that; empty for what does not matter here."""
    basis = f"。依据:{words}" if words else ""
    to = f",认为归{new}" if new else ""
    said = {
        "assign": f"派给{new}",
        "return_asked": f"{old}退单:{reason}{to}{basis}",
        "return_agreed": f"{old}退单同意,改派{new}",
        "return_refused": f"{old}退单没有同意",
        "take_over": f"{old}转给{new}接手",
        "lead_wanted": "派单员请监督员定",
    }.get(what)
    return f"{when} {said}" if said else ""


def named(*, number: str, title: str, department: str, name: str) -> str:
    """Write what is left of the card once the lead is named."""
    return f"{number} {title}\n定了:由{department}主办,不能再退({name})"


def settled_otherwise(*, number: str, title: str, status: str) -> str:
    """Write what is left of the card when there is nothing left to decide."""
    return f"{number} {title}\n不用再定,现在是:{status}"


def named_toast(*, number: str, department: str) -> str:
    """Answer the supervisor's press."""
    return f"{number}由{department}主办,已经告诉他们。"


def no_group(*, department: str) -> str:
    """Say why this unit cannot be named yet."""
    return f"{department}还没有绑定群,定给它没人看得到。请管理员先绑定,或者定别的单位。"


def search_prompt(*, number: str) -> str:
    """Ask for part of a unit's name."""
    return f"{number} 由谁主办?请回复这条,写单位名字里的几个字。"


def found(*, number: str) -> str:
    """Head the buttons of the units that were found."""
    return f"{number} 找到这些单位,点一个就定:"


def not_found(*, number: str, words: str) -> str:
    """Say that no unit bears this name."""
    return f"{number} 没有找到「{words}」。请回复这条,换几个字再搜。"
