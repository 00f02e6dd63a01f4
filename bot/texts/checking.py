"""What staff are asked before an answer goes, and what is said while somebody else looks at it."""

WRITE_AGAIN = "再改改"
SEND_AS_IT_IS = "就这样发"
CONTACT_FIRST = "先联系一下"
PLAN = "列入计划"
DONE_SEND = "已经办完,照发"
WITHOUT_NUMBERS = "去掉号码再发"
WITH_NUMBERS = "原样发给群众"
SUPERVISOR = "监督员"
SEND_AGREED = "同意发出"
SEND_BACK = "退回修改"

OTHERS_NUMBER = "这句里有电话或证件号,不是群众自己的,也不是单位公开的,没有发出去。"
NOTHING_LEFT = "去掉号码就没有字了。请点「再改改」,重新写一句。"


def short(*, letters: int) -> str:
    """Ask about an answer that says little."""
    return f"这句只有{letters}个字,群众可能看不明白。\n请写明:做了什么、结果怎样、以后找谁。"


def unfinished(*, phrase: str) -> str:
    """Ask about an answer that sounds as if nothing was done yet."""
    return f"这句写的是「{phrase}」,事情好像还没办完。\n没办完请用「先联系一下」或「列入计划」。"


def waits(*, number: str) -> str:
    """Say that somebody else looks at the answer first."""
    return f"{number}的答复等{SUPERVISOR}审。"


def to_look_at(*, number: str, department: str, answer: str) -> str:
    """Put an answer before the supervisors."""
    return f"{number}的答复等{SUPERVISOR}审。\n{department}要这样答复群众(办不了):\n\n{answer}"


def why_back(*, number: str) -> str:
    """Ask the supervisor what is to be mended."""
    return f"{number} 要改哪里?写一句,承办单位会看到。\n写的时候,请回复这一条。"


def sent_back(*, number: str, reason: str, due: str | None) -> str:
    """Tell the unit that its answer is to be mended, and where; `reason`: the supervisor's own words."""
    mend = f"{SUPERVISOR}说:{reason}" if reason else "请写清原因、依据、群众还可以找谁。"
    until = f"时间照常算,最迟 {due}。" if due else ""
    return "\n".join(each for each in (f"{number}的答复{SUPERVISOR}退回了,没有发给群众。", mend, until) if each)
