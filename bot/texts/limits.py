"""Words of limits that change or pass: the dispatchers' own, and those that follow kind and urgency."""

CHANGE_KIND = "改类别"
CHANGE_URGENCY = "改急缓"
WHICH_KIND = "改成哪一类?"
WHICH_URGENCY = "改成多急?"
NEEDS_SUPERVISOR = "(要监督员同意)"
SEE_PROGRESS = "看进度"
WHY = "这样改,期限要往后推,要监督员同意。为什么要改?请回复这条,写一句。\n这个原因会原样告诉群众。"
TOO_LONG = "这句太长。请短一点,再回复一次。"
DISPATCHERS = "派单员"
NAMES = {"kind": CHANGE_KIND, "urgency": CHANGE_URGENCY}


def late(*, number: str, due: str) -> str:
    """Remind the dispatchers of what is still without a unit."""
    return f"{number} 还没派出,过了{due}。请马上派;拿不准的,先派最像的单位。"


def changed(*, number: str, what: str) -> str:
    """Say what it is now; `what` is the name of the kind or the urgency."""
    return f"{number} 改为{what}。"


def asked(*, number: str, what: str) -> str:
    """Say that the supervisors have the wish."""
    return f"{number} 改为{what},已经交给监督员。没批之前,期限不变。"


def refused(*, number: str, what: str) -> str:
    """Tell the dispatchers that the supervisors did not agree."""
    return f"{number} 改为{what},监督员没有同意,还照原来的办。"


def unit_told(*, number: str, what: str, due: str) -> str:
    """Tell the unit that somebody else set it right."""
    return f"{number} 改为{what}。" + (f"最迟答复:{due}。" if due else "")


def sooner(*, number: str, what: str, old: str, due: str) -> str:
    """Tell the citizen that the answer comes sooner."""
    before = f",原来说{old}" if old else ""
    return f"您的{number}改按{what}办,最迟答复提前到{due}{before}。"


def later(*, number: str, what: str, reason: str, old: str, due: str) -> str:
    """Tell the citizen that the answer comes later, and why."""
    return f"您的{number}改按{what}办,监督员同意了。\n原因:{reason}\n原来说{old},现在最迟{due}。"


def want_longer(*, number: str, department: str, part: str, old: str, new: str, reason: str, dues: str) -> str:
    """Ask the supervisors; `part`: 改类别 or 改急缓; `dues`: from when to when, where a promise was given."""
    lines = [f"【申请{part}】{number} {department or DISPATCHERS}", f"{old} → {new}", f"原因:{reason}", dues]
    return "\n".join([*(line for line in lines if line), "不批就按原期限算。"])
