"""What lists say: /todo, /mine, /stats, the dispatchers' one and the morning's; each line is one appeal."""

from collections.abc import Sequence

from bot.texts.fitting import units

OPEN_LIST = "打开清单"
OVERDUE, DUE_TODAY = "已过期", "今天到期"
NOT_SIGNED_IN_TIME = "没按时签收"
UNCLAIMED = "没签收"
WAITS_FOR_CITIZEN = "等群众补充"
OUT_OF_REACH = "联系不上,停止计时"
NO_LIMIT = "没有期限"
CONFIDENTIAL = "保密件"
NOTHING = "没有要办的。"
NOTHING_OF_YOURS = "您没有签收着的件。"
NOTHING_TO_DISPATCH = "没有等着派的。"
_ROOM = 3300


def left(*, days: int) -> str:
    """Say how many working days are left; negative when late."""
    return f"还有{days}个工作日" if days > 0 else "今天到期" if days == 0 else f"过期{-days}个工作日"


def line(*parts: str) -> str:
    """Write one appeal in one line."""
    return " ".join(part for part in parts if part)


def latest(day: str) -> str:
    """Write a due time."""
    return f"最迟{day}"


def returned(unit: str) -> str:
    """Say that a unit asks to give it back."""
    return f"{unit}申请退单"


def todo(*, department: str, lines: Sequence[str]) -> str:
    """Write a unit's open appeals."""
    return _listed(f"【要办的】{department} 共{len(lines)}件", lines, NOTHING)


def mine(*, name: str, lines: Sequence[str]) -> str:
    """Write what somebody signed for."""
    return _listed(f"【{name}签收的】共{len(lines)}件", lines, NOTHING_OF_YOURS)


def to_dispatch(*, lines: Sequence[str]) -> str:
    """Write what waits for the dispatchers."""
    return _listed(f"【等着派的】共{len(lines)}件", lines, NOTHING_TO_DISPATCH)


def stats(
    *, department: str, month: int, accepted: int, on_time: int, late: int, reopened: int, still_open: int, overdue: int
) -> str:
    """Write a unit's month."""
    return (
        f"【{month}月】{department}\n"
        f"收到 {accepted} 件\n"
        f"按时答复 {on_time} · 过期才答复 {late}\n"
        f"重办 {reopened}\n"
        f"现在没办完 {still_open},其中过期 {overdue}"
    )


def morning(
    *,
    department: str,
    day: str,
    sections: Sequence[tuple[str, Sequence[str]]],
    unclaimed: int,
    uncontacted: int,
    undelivered: int,
    duty: str,
) -> str:
    """Write the list of the day; `sections`: a heading and its lines; `duty`: the line of who is on duty."""
    heading = f"【今天要办的】{department} {day}"
    counts = f"没签收 {unclaimed} · 没联系群众 {uncontacted} · 答复没送到 {undelivered}"
    lines = [part for title, found in sections for part in (f"{title} {len(found)}", *found)]
    return _listed(heading, [*lines, counts, duty], "")


def nothing_today(*, department: str, day: str) -> str:
    """Write the list of a day with nothing due."""
    return f"【今天要办的】{department} {day}\n今天没有到期的。谢谢大家。"


def due_next(*, day: str | None) -> str:
    """Head what is due on the next working day, which is tomorrow (None) or that day."""
    return f"{day}到期" if day else "明天到期"


def _listed(heading: str, lines: Sequence[str], otherwise: str) -> str:
    """Put as many lines under a heading as one message holds, and say how many are left out."""
    if not lines:
        return f"{heading}\n{otherwise}"
    shown, room = [heading], _ROOM - units(heading)
    for at, each in enumerate(lines):
        room -= units(each) + 1
        if room < 0:
            return "\n".join([*shown, f"还有{len(lines) - at}行没列出来。"])
        shown.append(each)
    return "\n".join(shown)
