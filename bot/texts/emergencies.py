"""What is said when an emergency (特急) is left lying, and when a claim lapses."""

from collections.abc import Sequence

EVERYBODY = "大家"
TOLD_SUPERVISORS = "监督组也收到了。"
_MISSED = {
    "triage": "前没派单",
    "sign": "前没签收",
    "contact": "前没联系群众",
    "interim": "前没再给群众回话",
}


def step(step: str, *, due: str) -> str:
    """Name one thing that was not done by its minute."""
    return f"{due}{_MISSED[step]}"


def to_unit(*, number: str, missed: Sequence[str], duty: str, leader: str, supervised: bool) -> str:
    """Tell those who have it, who of them is asked first, and who hears of it."""
    called = f"请{duty}马上办" + (f",请{leader}过问。" if leader else "。")
    return f"【特急】{number} {'、'.join(missed)}。\n{called}" + (TOLD_SUPERVISORS if supervised else "")


def to_supervisors(*, number: str, title: str, department: str, missed: Sequence[str], duty: str, leader: str) -> str:
    """Tell the supervisors in one line."""
    people = f"今天值班:{duty}" + (f",负责人:{leader}" if leader else "")
    return f"【特急】{number} {department} {title} {'、'.join(missed)}。{people}。"


def claim_lapsed(*, number: str, staff: str, due: str) -> str:
    """Tell the unit that nobody has it any more."""
    latest = f"最迟 {due}答复。" if due else ""
    return f"{number} {staff or '同事'}签收一个工作日了,还没有动静,现在退回待签收。请重新签收,先联系群众。{latest}"
