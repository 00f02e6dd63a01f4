"""The questions after the answer, what follows 「还没有」, and taking an appeal back."""

CONTACTED = "联系过"
NOT_CONTACTED = "没联系"
SOLVED = "解决了"
NOT_YET = "还没有"
SATISFIED = "满意"
FAIR = "基本满意"
DISSATISFIED = "不满意"
GO_ON = "接着办"
LEAVE_IT = "算了,不办了"
ADD = "补充"
NOTHING_MORE = "不用了"
DONE = "好了"
ASK_NO_MORE = "以后别问了"
SEE_PROGRESS = "看进度"
UNHAPPY_REASONS = {"slow": "太慢", "manners": "态度不好", "unclear": "没说清楚"}
OTHER_REASON = "别的,我来说"

ASK_CONTACTED = "想听您一句实话,点三下就好。\n除了您自己,谁也改不了。\n一、办事的人联系过您吗?"
ASK_SOLVED = "二、事情解决了吗?"
ASK_SATISFIED = "三、这次办得,您满意吗?"
DENIED_CONTACT = "答复说联系过您,您说没有。这一条我记下了,给监督员看。"
SAID_NO_CONTACT = "您说没人联系过您。这一条我记下了,给监督员看。"
ASK_WORDS = "还想说什么,直接发给我。没有就点「好了」。"
WORDS_KEPT = "这句话给监督员看。有新的事要反映,请点「提诉求」。"
ASK_PUBLISH = "这件事隐去您的信息,放到公示栏,让大家看看是怎么办的,可以吗?"
PUBLISH, KEEP_PRIVATE = "可以", "不要放"
PUBLISH_KEPT = "好。放上去的时候,会隐去您的信息。"
PRIVATE_KEPT = "好,不放。"
ASK_PRESSED = "有人让您改评价、撤诉求吗?告诉我,只有监督员看得到。"
PRESSED, NOT_PRESSED = "有", "没有"
PRESSED_KEPT = "知道了。这句话只有监督员看得到。"
NOT_PRESSED_KEPT = "好。以后有人来说,点「找监督员」告诉我。"
ASK_NO_MORE_KEPT = "好,以后答复了只问一次。要评价的话,找到这一件点「去评价」。"
ASK_GO_ON = "还没解决。要接着办吗?"
LEFT_AS_IT_IS = "好,就到这里。以后想接着办,随时再说。"
GOES_ON = "还没解决,接着办。"
UNDECIDED = "您说还没解决,还没告诉我要不要接着办。"
TOO_LATE_TO_REOPEN = "这件结案已经超过 30 天。又出问题的话,请当作新的事再说一遍。"

WITHDRAW_SOLVED = "问题解决了"
WITHDRAW_UNWANTED = "不想办了"
WITHDRAW_FORCED = "有人让我撤"
WITHDRAW = "撤回"
WITHDRAW_NOT = "先不撤"
FORCED = "知道了。这句话只有监督员看得到。\n您的诉求要不要接着办?"
WITHDRAWN = "撤回了。以后想办,随时再说。"
NOT_WITHDRAWN = "好,不撤,接着办。"


def thanks(*, reopen_until: str) -> str:
    """Thank for the rating and say how it can go on."""
    return f"谢谢您,记下了。\n{reopen_until}前又出问题,找到这一件点「还没解决」,接着办。"


def ask_again(*, department: str, date: str) -> str:
    """Ask once more, some days after the answer."""
    return f"{department}{date}答复过您,还没听到您的话。\n解决了吗?"


def unhappy(*, department: str) -> str:
    """Ask what was not good about a matter that is solved."""
    return f"事情办了,您还是不满意。是哪里不好?\n这话直接给监督员,{department}看不到是谁说的。"


def unrated(*, number: str, reopen_until: str) -> str:
    """Tell that it is closed without a rating, which counts as none."""
    return (
        f"{number} 十四天没等到您的评价,先结案了,记为「未评价」,不算满意。\n"
        f"没解决的话,{reopen_until}前点「还没解决」,接着办。"
    )


def closed_unsolved(*, number: str, reopen_until: str) -> str:
    """Tell that it is closed as unsolved, for the citizen said so and nothing more."""
    return (
        f"{number} 您说还没解决,十四天没等到您说要不要接着办,先结案了,记为「没解决」。\n"
        f"想接着办,{reopen_until}前点「还没解决」,不用重新说。"
    )


def reopened(*, department: str, due: str, times: int) -> str:
    """Tell that it goes on, until when, and ask what is missing."""
    promise = f",最迟{due}再答复您" if due else ""
    return f"好,接着办。已经交回{department}{promise}。\n这是第{times}次重办,监督员也在看。\n还差什么没办,请说一句。"


def reopened_often(*, due: str, times: int) -> str:
    """Tell that the supervisors see to it themselves from now on."""
    promise = f"\n最迟{due}给您答复。" if due else ""
    return f"这件事办了{times}次还没办好,已经交给监督员亲自盯。{promise}"


def reopened_by_supervisor(*, number: str, department: str, due: str) -> str:
    """Tell that the supervisors want it handled again."""
    promise = f",最迟{due}再答复您" if due else ""
    return f"监督员看过了,{number}要重办。已经交回{department}{promise}。\n还差什么没办,点「补充」说一句。"


def ask_withdraw(*, number: str) -> str:
    """Ask whether and why to take it back."""
    return f"要撤回{number}吗?撤回后就不办了。\n为什么撤回?"
