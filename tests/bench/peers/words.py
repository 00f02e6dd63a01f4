"""What the peers say, in the four steps of their dialogue."""

from datetime import datetime

ASK_WHERE = "这件事在什么地方?"
ASK_CONTACT = "要不要留个电话,办事的人好找您?"
NO_PHONE = ("不留,在这里联系", "no_phone")
SUBMIT = ("提交", "submit")


def summary(*, text: str, place: str, unit: str) -> str:
    """The appeal for a last look."""
    return f"请您看一遍:\n\n{text}\n地点:{place}\n交给:{unit or '由工作人员来定'}\n联系:不留"


def receipt(*, number: str) -> str:
    """What the citizen keeps."""
    return f"交上去了。\n编号:{number}"


def card(*, number: str, text: str, place: str, unit: str) -> str:
    """What the unit's group reads."""
    return f"{number} 待签收\n{text}\n地点:{place}\n单位:{unit or '未定'}"


def number_of(count: int, now: datetime) -> str:
    """Return an appeal's number: the date, and how many there were that day."""
    return f"LX-{now:%Y%m%d}-{count:04d}"
