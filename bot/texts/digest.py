"""What supervisors read of what is late (督办早报), and what units then hear of them."""

from collections.abc import Sequence

SEE_RED, SEE_YELLOW = "看红牌", "看黄牌"
PRESS_ALL, SEE_WAITING = "一起催办", "等我审批的"
SEE_OWED = "看没答复的"
FIND_SUPERVISOR, LOOK_AGAIN = "找监督员", "请再看一次"
NOTHING_OWED = "都答复了,没有过时间的。"
PREVIOUS, NEXT, BACK = "上一页", "下一页", "回早报"
WRITE_REASON, ANSWER_SUPERVISORS = "写原因", "回复监督组"
LEADER = "单位负责人"
NONE_LATE = "没有过期的。"
NOTHING_LATE_NOW = "现在没有过期的,不用催。"
PRESSED_TODAY = "今天已经催过了,每个单位一个工作日催一次。"
HOW_TO_EXPLAIN = "请直接回复这条消息,写明原因。只给监督员看,不发给群众。"
EXPLAINED = "记下了,已经转给监督员。"
TOO_LONG = "这条太长,没有转给监督员。请写短一点,再回复一次。"


def morning(
    *,
    day: str,
    red: Sequence[str],
    reds: int,
    yellow: Sequence[str],
    yellows: int,
    soon: str,
    owed: Sequence[str],
    owing: int,
    counts: str,
) -> str:
    """Write the digest: lines of what is late, due soon, and owed by the readers, each with how many, then counts."""
    head = f"【督办早报】{day}"
    own = [f"监督组过了时间没答复群众的共{owing}件", *owed, *_left_out(owing - len(owed))] if owing else []
    if not reds:
        return "\n".join(line for line in (head, f"{NONE_LATE}{soon}到期{yellows}件。", *own, counts) if line)
    late = [f"红牌(已过期)共{reds}件", *red, *_left_out(reds - len(red))]
    near = [f"黄牌({soon}到期)共{yellows}件", *yellow, *_left_out(yellows - len(yellow))]
    return "\n".join([head, *late, *near, *own, counts])


def counts(*, unsigned: int, uncontacted: int, returned: int, reopened: int, undelivered: int, waiting: int) -> str:
    """Write how many are not as they should be."""
    return (
        f"没签收 {unsigned} · 没联系群众 {uncontacted} · 退单两次以上 {returned}\n"
        f"重办 {reopened} · 答复没送到 {undelivered} · 等您审批 {waiting}"
    )


def line(*, number: str, department: str, title: str, days: int, urges: int, returns: int, level: int) -> str:
    """Write a late one, or one due soon (`days` 0), with how often it was urged and returned, where it was."""
    parts = [number, department, title, f"过期{days}天" if days else ""]
    parts += [f"催{urges}次" if urges else "", f"退{returns}次" if returns else "", f"督办{level}级" if level else ""]
    return " ".join(part for part in parts if part)


def owed_line(*, number: str, department: str, title: str, objection: bool) -> str:
    """Write one whose citizen the supervisors owe an answer."""
    return " ".join(part for part in (number, department, title, LOOK_AGAIN if objection else FIND_SUPERVISOR) if part)


def with_leader(line: str, *, leader: str) -> str:
    """Add who is to see to it: it is so late that the unit's leader is named."""
    return f"{line} 请{leader}过问"


def soon(*, following: str | None) -> str:
    """Name the two working days of what is due soon: today and tomorrow (None), or the next one by its date."""
    return f"今天、{following or '明天'}"


def page(*, red: bool, soon: str, total: int, number: int, pages: int, lines: Sequence[str]) -> str:
    """Write one page of all that are late, or due soon."""
    head = f"红牌(已过期)共{total}件" if red else f"黄牌({soon}到期)共{total}件"
    where = f" 第{number}页,共{pages}页" if pages > 1 else ""
    return "\n".join([head + where, *(lines or [NONE_LATE])])


def raise_level(*, number: str, level: int) -> str:
    """Label the button that supervises one more closely."""
    return f"督办{level}级 {number}"


def level_raised(*, number: str, level: int) -> str:
    """Answer the press."""
    return f"{number} 督办{level}级,已经告诉承办单位。"


def pressed(*, units: int) -> str:
    """Answer the press that reminds all units."""
    return f"已经提醒{units}个单位。"


def unit_pressed(*, department: str, late: int, lines: Sequence[str]) -> str:
    """Remind a unit of all that is late there."""
    return "\n".join(
        [f"【催办】{department}", f"{late}件已过期,请今天内答复,或写明原因:", *lines, *_left_out(late - len(lines))]
    )


def supervised(*, number: str, level: int, department: str, title: str, leader: str, until: str) -> str:
    """Tell a unit that an appeal is supervised from now on, or more closely."""
    return f"【督办】{number} {level}级\n{department}:{title}\n请{leader}亲自过问,{until}前回复监督组。"


def explained(*, department: str, staff: str, numbers: Sequence[str], words: str) -> str:
    """Show the supervisors what a unit says about what is late there."""
    return f"【{department}说明】{staff}\n{'、'.join(numbers)}\n{words}"


def to_leader(*, number: str, department: str, title: str, days: int) -> str:
    """Ask a unit's leader to see to a late one themselves (请亲自过问)."""
    return (
        f"【请您过问】{number} {department}\n{title}\n过期{days}个工作日,群众还没收到答复。\n"
        "请今天安排人答复。办不了的,请在本单位群里写明原因。"
    )


def supervised_on(line: str, *, leader: str) -> str:
    """Say in a unit's own list how far up a late one was told of; no leader: the supervisors."""
    return f"{line} 已报{leader or '监督组'}"


def _left_out(number: int) -> list[str]:
    return [f"……还有{number}件"] if number > 0 else []
