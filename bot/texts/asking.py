"""请补充: what staff are asked, what the unit reads while a citizen is waited for, what the citizen presses."""

from collections.abc import Sequence

FROM_LIST = "从清单里选"
MY_OWN = "我来写"
PICKED = "选好了"
ASK_SUPERVISOR = "申请"
NOT_MINE = "我没有这个"
GIVEN = "以前给过了"
UNCLEAR = "看不明白"
ALL_SENT = "都发完了"
DO_IT_FOR_ME = "能不能帮我代办"
GO_SUPPLY = "去补充"

ASK_IN_WORDS = "要群众补什么?一次说全。\n写的时候,请回复这一条。"
PICK = "要群众补哪几样?可以点几样,一次选全。"
NOTHING_PICKED = "还没有选。请先点要补的。"
LOOK_BELOW = "选好了,发出前请看一眼下面这条。"
WORDS_WANTED = "收到了。请再写一句要群众补什么,回复这一条,附件一起发。"
GONE_TO_SUPERVISOR = "申请交给监督员了。没同意之前不发给群众,时间照常算。"
TOLD_UNCLEAR = "告诉他们您没看明白,请等他们再说清楚。办理时间还停着。"
TOLD_UNCLEAR_ALREADY = "已经告诉他们您没看明白,请等他们再说。"
TOLD_FOR_ME = "替您问了能不能代办,请等他们回话。办理时间还停着。"
TOLD_FOR_ME_ALREADY = "已经替您问过能不能代办了,请等他们回话。"

#: What is often missing; the order is that of the buttons.
CHECKLIST = (
    "具体在哪儿(门牌号、灯杆号、旁边有什么)",
    "什么时候的事",
    "现场照片",
    "合同、收据或票据的照片",
    "对方是谁(店名、公司名、车牌)",
    "以前找过谁、怎么答复的",
)
_SHORT = ("具体地点", "什么时间", "现场照片", "合同票据", "对方是谁", "以前的答复")


def what_is_missing(*, days: int) -> str:
    """Ask what the citizen is to add."""
    return f"要群众补什么?一次说全。\n补充期间停止计时,最多{days}个工作日,只能用一次。\n自己写的,请回复这一条。"


def too_late(*, when: str) -> str:
    """Say that this takes a supervisor now; `when`: the day it is due, in words."""
    return f"{when}就到期,这时候请补充要监督员同意。"


def due_when(*, days: int, day: str) -> str:
    """Name the day something is due: by how many calendar days it lies ahead, or else by its date."""
    return {0: "今天", 1: "明天"}.get(days, day)


def overdue() -> str:
    """Say that this takes a supervisor once it is late."""
    return "这一件已经过期,这时候请补充要监督员同意。"


def picked_label(place: int, *, on: bool) -> str:
    """Label the button of one thing on the list."""
    return f"{'☑' if on else '□'} {_SHORT[place]}"


def is_list(question: str) -> bool:
    """Whether a question names several things, each in a line with a box before it."""
    return any(line.startswith("□") for line in question.splitlines())


def list_of(places: Sequence[int]) -> str:
    """Write what was picked as the citizen reads it."""
    return "\n".join(["还差这几样:", *(f"□ {CHECKLIST[each]}" for each in places), "一次备齐就行,不会再要别的。"])


def preview(*, question: str, files: str, warning: str, days: int) -> str:
    """Show the question before it goes."""
    foot = [f"附件:{files}" if files else "", warning, f"发出就停止计时,最多{days}个工作日,只能用一次。"]
    return "\n".join([f"将这样请群众补充:\n\n{question}\n", *(each for each in foot if each)])


def waits(*, until: str) -> str:
    """Say on the unit's card who must act, and until when."""
    return f"等群众补充,最多等到{until}。办理时间先停着。"


def citizen_waits(*, number: str, title: str, until: str) -> str:
    """The citizen's card: it is for them to act."""
    return f"{number} {title}\n现在:等您补充。办理时间先停着,最多等到{until}"


def supplied(*, department: str, due: str) -> str:
    """Tell the citizen that their words went on, and that the clock runs."""
    goes_on = f"办理时间接着算,最迟答复:{due}。" if due else "有答复就在这里告诉您。"
    return f"收到,已经转给{department}。{goes_on}"


def cannot_noted(*, department: str, due: str) -> str:
    """Tell the citizen that the unit goes on without it."""
    goes_on = f"办理时间接着算,最迟答复:{due}。" if due else "有答复就在这里告诉您。"
    return f"知道了,已经告诉{department}。{goes_on}"


def citizen_lapsed(*, department: str, due: str) -> str:
    """Tell the citizen that nothing is waited for any more."""
    goes_on = f"最迟答复:{due}。" if due else ""
    return f"没等到您的补充,{department}先按现有的情况办。{goes_on}\n什么时候想补充,都可以直接发。"


def cannot(*, number: str, given: bool, due: str) -> str:
    """Tell the unit what the citizen pressed."""
    said = f"群众说「{GIVEN if given else NOT_MINE}」"
    return f"{number} {said},请按现有的情况接着办。{_goes_on(due)}"


def lapsed(*, number: str, due: str) -> str:
    """Tell the unit that nothing came."""
    return f"{number} 没等到群众补充,请先按现有的情况办。{_goes_on(due)}"


def supplied_to_unit(*, due: str) -> str:
    """Say under what the citizen added that the clock runs again."""
    return _goes_on(due)


def not_delivered(*, number: str, due: str, left: bool) -> str:
    """Tell the unit that the question reached nobody; `left`: the citizen stopped or blocked the bot."""
    why = "对方停用了机器人,或者拉黑了" if left else "平台没有收下"
    then = "对方回来,我会自动补发。" if left else "请改一改,再发一次。"
    until = f"最迟 {due}。" if due else ""
    return (
        f"【没送到】{number}\n请群众补充的话没有送到:{why}。\n"
        f"时间没有停,照常算。{until}这次不算,还可以再请补充。\n{then}"
    )


def want_late(*, number: str, department: str, due: str, question: str, days: int) -> str:
    """Ask the supervisors whether a question may stop the clock on the last day (【申请请补充】)."""
    until = f"答复期限:{due},快到期了。\n" if due else ""
    return (
        f"【申请请补充】{number} {department}\n{until}要群众补充:\n{question}\n"
        f"同意就发给群众,停止计时,最多{days}个工作日;不同意就照常算。"
    )


def _goes_on(due: str) -> str:
    return f"办理时间接着算,最迟 {due}。" if due else ""
