"""The duty roster (值班表) as its group reads it."""

from collections.abc import Sequence

CHANGE_DUTY = "换值班"
NOBODY = "全群"
PUT_NOBODY = "不排人"
BACK = "返回"
NO_COLLEAGUES = "名单里还没有人。要加人,请找管理员。"


def week(*, unit: str, lines: Sequence[tuple[str, str]]) -> str:
    """Write the week, a day and a name a line; no name: the whole group is on duty."""
    days = [f"{day} {name or NOBODY}" for day, name in lines]
    return "\n".join([f"【值班表】{unit}", *days, "特急件夜里也找当天值班的人。要换哪天,点下面的日子。"])


def who(*, unit: str, day: str) -> str:
    """Ask who is on duty on that day."""
    return f"【值班表】{unit}\n{day}谁值班?"


def today(*, name: str, mention: str = "") -> str:
    """Say on a card who is on duty today; `mention`: a username to be called by."""
    called = f" @{mention}" if mention else ""
    return f"今天值班:{name or NOBODY}{called}"
