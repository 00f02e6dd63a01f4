"""One matter that several tell (一起反映、并单): the offer to join, and what is heard by whoever stands with it."""

YES_ME_TOO = "是,我也遇到了"
NO_ANOTHER = "不是,我另外说"
LEAVE = "退出"
NOT_THE_SAME = "不是同一件事"
SOLVED = "解决了"
UNSOLVED = "没解决"
GO_ON = "接着办"
LET_IT_BE = "算了"

LEFT = "好,以后这件事不再通知您。"
SOLVED_KEPT = "谢谢您,记下了。"
LEFT_AS_IT_IS = "好,记下了。"
GOES_ON = "好,接着办。"
JOIN_NO_MORE = "这件刚才有了变化,现在不能一起反映了。请您单独提交。"
SEEK_UNIT = "正在找该管的单位"
WITHDRAWN_OTHERS_GO_ON = "撤回了,以后这件事不再通知您。\n还有别人在反映同一件事,由他们接着跟。"


def offer(*, n: int, title: str, place: str, department: str, due: str) -> str:
    """Ask whether it is what others have told; `department` empty: none is found yet."""
    hand = f"{department}正在办" if department else SEEK_UNIT
    until = f",最迟{due}" if due else ""
    return f"这件事已经有{n}位反映过:\n「{title}」{place}\n{hand}{until}。\n是同一件事吗?"


def joined(*, n: int, number: str) -> str:
    """Tell that they joined."""
    return f"算您一份,您是第{n}位。编号:{number}。\n每一步都告诉您;办完也问您,您说没解决,就不算完。"


def merged(*, old: str, number: str) -> str:
    """Tell that it is handled with another appeal."""
    return f"您的{old},和{number}是同一件事,合在一起办。\n进度照样告诉您。不是同一件事的话,点一下。"


def apart_again(*, number: str, triage_due: str) -> str:
    """Tell that it is handled alone again."""
    until = f"最迟{triage_due} 告诉您是谁办。" if triage_due else "定下来就告诉您。"
    return f"好,{number}单独办。正在重新找该管的单位,{until}"


def others(*, n: int) -> str:
    """Say on the card how many others tell the same."""
    return f"和您一样反映的有{n}人"


def waits_for_first(*, number: str, title: str) -> str:
    """The card while whoever told it first is asked for more."""
    return f"{number} {title}\n现在:等最先反映的人补充,补充了接着办"


def with_lead(*, number: str, title: str, lead: str) -> str:
    """The card of what was told twice by the same person."""
    return f"{number} {title}\n和您的{lead}合在一起办,进度看那一件。"


def ask_solved(*, number: str) -> str:
    """Ask who stands with an appeal whether it is solved."""
    return f"{number} 解决了吗?您说没解决,就不算完。"


def one_unsolved(*, department: str) -> str:
    """Tell the first who calls it unsolved what happens next."""
    unit = department or "承办单位"
    return f"记下了。再有一位也说没解决,就可以请{unit}接着办。到时候不用您再说一遍。"


def ask_go_on(*, n: int) -> str:
    """Ask whether it goes on."""
    return f"记下了。一起反映的有{n}位说没解决。要接着办吗?"


def two_unsolved(*, number: str, n: int) -> str:
    """Tell who called it unsolved before that others do, too, and ask whether it goes on."""
    return f"{number} 一起反映的有{n}位说没解决。要接着办吗?"


def goes_on(*, number: str, department: str, due: str) -> str:
    """Tell everybody else that it goes on."""
    promise = f",最迟{due}再答复" if due else ""
    return f"{number} 有人说没解决,接着办。已经交回{department}{promise}。"


def now_yours(*, number: str, lead: str) -> str:
    """Tell the oldest of those who joined that the appeal is theirs now."""
    return f"您的{number},原来是和别人一起反映的。他不再跟了,这件事以后由您作主,编号{lead}。\n不用您做什么,照样办。"


def split_off(*, old: str, number: str, title: str, triage_due: str) -> str:
    """Tell that one matter of an appeal has a number of its own."""
    until = f",最迟{triage_due} 告诉您是谁办" if triage_due else ""
    return f"您的{old}里不止一件事,这一件分出来单独办:\n{number} {title}\n正在找该管的单位{until}。"


def declined(*, number: str, reason: str) -> str:
    """Tell who stands with an appeal that it is not accepted."""
    return (
        f"和您一起反映的那件事,不予受理。您的编号是{number}。\n原因:{reason}\n您说的不是同一件事的话,请单独再说一遍。"
    )
