"""The questions after the answer, what follows 「还没有」, and taking an appeal back."""

SOLVED = "解决了"
NOT_YET = "还没有"
SATISFIED = "满意"
FAIR = "基本满意"
DISSATISFIED = "不满意"
GO_ON = "接着办"
LEAVE_IT = "算了,不办了"
ADD = "补充"
NOTHING_MORE = "不用了"

ASK_SOLVED = "想听您一句实话,点两下就好。\n除了您自己,谁也改不了。\n一、事情解决了吗?"
ASK_SATISFIED = "二、这次办得,您满意吗?"
ASK_GO_ON = "还没解决。要接着办吗?"
LEFT_AS_IT_IS = "好,就到这里。以后想接着办,随时再说。"
GOES_ON = "还没解决,接着办。"
TOO_LATE_TO_REOPEN = "这件结案已经超过 30 天。又出问题的话,请当作新的事再说一遍。"

WITHDRAW_SOLVED = "问题解决了"
WITHDRAW_UNWANTED = "不想办了"
WITHDRAW_NOT = "先不撤"
WITHDRAWN = "撤回了。以后想办,随时再说。"
NOT_WITHDRAWN = "好,不撤,接着办。"


def thanks(*, reopen_until: str) -> str:
    """Thank for the rating and say how it can go on."""
    return f"谢谢您,记下了。\n{reopen_until}前又出问题,找到这一件点「还没解决」,接着办。"


def reopened(*, department: str, due: str, times: int) -> str:
    """Tell that it goes on, until when, and ask what is missing."""
    promise = f",最迟{due}再答复您" if due else ""
    return f"好,接着办。已经交回{department}{promise}。\n这是第{times}次重办。\n还差什么没办,请说一句。"


def ask_withdraw(*, number: str) -> str:
    """Ask whether and why to take it back."""
    return f"要撤回{number}吗?撤回后就不办了。\n为什么撤回?"
