"""What supervisors read of a spot check by telephone (抽查回访)."""

from collections.abc import Sequence

START = "开始"
NO_ANSWER = "打不通"
ANSWERS = {
    "contacted": (("联系过", "yes"), ("没联系", "no")),
    "solved": (("解决了", "yes"), ("还没有", "no")),
    "satisfaction": (("满意", "satisfied"), ("基本满意", "fair"), ("不满意", "dissatisfied")),
}
QUESTIONS = {
    "contacted": "一、联系过您吗?",
    "solved": "二、事情解决了吗?",
    "satisfaction": "三、这次办得,您满意吗?",
}
SENT = "发到您的私聊里了。"
NOTHING_LEFT = "今天抽查的都有人打了,没有剩下的。"
ALL_ASKED = "今天抽查的都问完了。谢谢。"


def drawn(*, lines: Sequence[str]) -> str:
    """List what was drawn today."""
    return "\n".join([f"【今天抽查回访】{len(lines)}件,请打电话问三句:", *lines])


def question(*, number: str, title: str, phone: str, question: str) -> str:
    """Ask the supervisor to ask."""
    return f"{number} {title}\n电话:{phone}\n{question}"


def done(*, number: str, title: str, said: Sequence[str]) -> str:
    """Write what is left of the card; the number is gone."""
    return f"{number} {title}\n记下了:{'、'.join(said)}。"
