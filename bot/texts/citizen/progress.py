"""How an appeal stands: filed, dispatched, in hand, answered, closed; the list of one's own; the way so far."""

SEE_PROGRESS = "看进度"
SEE_MINE = "看我的诉求"
ADD = "补充"
WITHDRAW = "撤回"
GO_RATE = "去评价"
NOT_SOLVED = "还没解决"
BACK_TO_LIST = "返回"
NEXT_PAGE = "下一页"
NEW_APPEAL = "提新诉求"
MINE = "我的诉求"

NONE_YET = "您还没有诉求。有事直接说就行。"
UNKNOWN_NUMBER = "没查到这个编号。请看看有没有打错,也可以点「我的诉求」。"
TO_FOLLOW = "到时候没答复,我会替您催。想补充,直接在这里说。"
OUTCOMES = {"solved": "解决了", "unsolved": "还没解决"}
SATISFACTIONS = {"satisfied": "满意", "fair": "基本满意", "dissatisfied": "不满意"}


def filed(*, number: str, department: str, due: str) -> str:
    """Tell that it is filed and who handles it."""
    return f"交上去了。\n编号:{number}\n承办:{department}\n最迟答复:{due}\n\n{TO_FOLLOW}"


def filed_without_unit(*, number: str, triage_due: str) -> str:
    """Tell that it is filed while a unit is looked for."""
    return f"交上去了。\n编号:{number}\n正在找该管的单位,最迟{triage_due} 告诉您是谁办。"


def filed_after_hours(*, number: str, department: str, next_workday: str, due: str, hotline: str) -> str:
    """Tell that it is filed when the office is closed."""
    return (
        f"交上去了,编号{number}。\n"
        f"现在已经下班,{department}{next_workday}上班就能看到。最迟答复:{due}。\n"
        f"停水停电这类急事夜里也有人值班,请打{hotline}。"
    )


def filed_suggestion(*, number: str, department: str, due: str) -> str:
    """Thank for a suggestion."""
    return f"谢谢您的建议。编号:{number},交给{department}研究。\n采纳不采纳,最迟{due}给您一个说法。"


def praised(*, department: str) -> str:
    """Thank for praise."""
    return f"谢谢您。您的表扬已经转给{department},他们会看到。"


def assigned(*, number: str, department: str, due: str) -> str:
    """Tell which unit was found."""
    return f"您的{number},交给{department}办了。{_promise(due)}"


def changed_unit(*, old: str, new: str, due: str) -> str:
    """Tell that another unit handles it now."""
    return f"这件事原来交给{old},现在换成{new}办。\n" + (f"最迟答复:{due},没有往后推。" if due else "")


def escalated(*, department: str, superior: str, due: str) -> str:
    """Tell that it went to a superior."""
    until = f",最迟{due}" if due else ""
    return f"这件事{department}做不了主,已经上报{superior}。\n还是由{department}答复您{until}。"


def pending(*, number: str, title: str, triage_due: str) -> str:
    """The card while a unit is looked for."""
    return f"{number} {title}\n现在:正在找该管的单位\n最迟{triage_due} 定下来"


def dispatched(*, number: str, title: str, department: str, due: str) -> str:
    """The card until the unit has signed for it."""
    return f"{number} {title}\n现在:已交给{department},等他们接手{_line(due)}"


def in_progress(
    *, number: str, title: str, department: str, due: str, days: int | None, by_night: bool, moves: int
) -> str:
    """The card while it is in hand; `days`: working days left, None on a card that stands; `by_night`: nights count."""
    counted = ",夜里节假日照算" if by_night else "" if days is None else f",还有{days}个工作日"
    left = _line(due) + (counted if due else "")
    moved = f"\n换过{moves}次单位" if moves else ""
    return f"{number} {title}\n现在:{department}已经接手,正在办{left}{moved}"


def overdue(*, number: str, title: str, department: str, due: str, days: int | None, pressed: bool) -> str:
    """The card when the promised time has passed, None days ago on a card that stands; `pressed`: supervisors act."""
    late = f"说好最迟{due},已经过期" if days is None else f"已经过期{days}个工作日" if days else "今天过了期限"
    return f"{number} {title}\n现在:{department}还没答复,{late}" + (",监督员在催" if pressed else "")


def answered(*, number: str, title: str, department: str, until: str) -> str:
    """The card when the answer has arrived."""
    waits = f"\n最多等到{until},到时候先结案" if until else ""
    return f"{number} {title}\n现在:{department}已答复,等您评价{waits}"


def looked_at_again(*, number: str, title: str, until: str) -> str:
    """The card of what was declined and is looked at once more."""
    return f"{number} {title}\n现在:不予受理,监督员会再看一次,最迟{until}告诉您"


def closed(*, number: str, title: str, outcome: str, reopen_until: str) -> str:
    """The card when it is closed (`outcome` empty: not rated); without `reopen_until` it cannot be reopened."""
    again = f"\n{reopen_until}前又出问题,点「还没解决」接着办,不用重新说" if reopen_until else ""
    said = f"您说:{outcome}" if outcome else "记为「未评价」"
    return f"{number} {title}\n现在:已结案。{said}{again}"


def closed_praise(*, number: str, title: str, department: str) -> str:
    """The card of praise."""
    return f"{number} {title}\n现在:已转给{department},谢谢您"


def stands(*, number: str, title: str, status: str) -> str:
    """The card of any other status."""
    return f"{number} {title}\n现在:{status}"


def mine(*, running: int, closed: int, lines: list[str]) -> str:
    """The list of one's own appeals."""
    return f"您有{running}件正在办,{closed}件已结案:\n" + "\n".join(lines)


def mine_line(*, number: str, title: str, status: str) -> str:
    """One appeal in the list."""
    return f"{number} {title}({status})"


def history(*, lines: list[str]) -> str:
    """The way so far, below a card."""
    return "\n\n办理经过:\n" + "\n".join(lines)


def history_line(*, when: str, what: str) -> str:
    """One step of the way."""
    return f"{when} {what}"


def happened(what: str, *, department: str) -> str:
    """Name a step; an empty string for what is not the citizen's business."""
    unit = department or "承办单位"
    return {
        "submit_sure": f"交给{unit}",
        "submit_unsure": "交上来,找该管的单位",
        "submit_praise": f"表扬转给{unit}",
        "assign": f"交给{unit}",
        "return_agreed": f"换成{unit}办",
        "take_over": f"换成{unit}办",
        "lead_named": f"换成{unit}办",
        "claim": f"{unit}接手",
        "contact": f"{unit}跟您联系",
        "ask": f"{unit}请您补充",
        "supply": "您补充,接着办",
        "cannot_supply": "您说没法补充,接着办",
        "ask_lapsed": "没等到补充,接着办",
        "told_by_phone": f"{unit}打电话答复您",
        "supplement": "您补充",
        "danger_raised": "改按急事办",
        "escalate": f"{unit}上报上级",
        "delivered": f"{unit}答复",
        "rate_solved": "您说解决了,结案",
        "rate_unsolved": "您说没解决,结案",
        "reopen": "没解决,接着办",
        "unrated": "没等到您的评价,结案",
        "urge": "您催办",
        "withdraw": "您撤回",
        "decline": "不予受理",
        "object": "您请监督员再看一次",
        "objection_assigned": f"监督员看过,交给{unit}",
        "objection_refused": "监督员看过,还是不受理",
    }.get(what, "")


def _line(due: str) -> str:
    return f"\n最迟答复:{due}" if due else ""


def _promise(due: str) -> str:
    return f"最迟答复:{due}。" if due else "有答复就在这里告诉您。"
