"""Words that come after the submission: which appeal they belong to, and that they went on."""

ADD = "补充"
NEW_APPEAL = "提新诉求"
NOT_NOW = "不用了"
ENDED = "好的。有事直接说就行。"
TOO_LATE = "这一件已经结束了,这句话我先当新的事记下。"
CLOSED_NOW = "这一件已经结束,不能再补充了。有新的事,直接说就行。"


def which(*, appeals: list[tuple[str, str]]) -> str:
    """Ask what a sentence belongs to; `appeals` are pairs of number and title."""
    listed = "\n".join(f"{number} {title}" for number, title in appeals)
    return f"这句话我先留着。是补充下面这件,还是一件新的事?\n\n{listed}"


def kept_more() -> str:
    """Say that one more sentence is kept until the question is answered."""
    return "也记下了。点上面的按钮,告诉我这些话归哪一件。"


def add_to(*, number: str) -> str:
    """Label the button of one appeal."""
    return f"补充到 {number}"


def ask_words(*, number: str) -> str:
    """Ask for the words to add."""
    return f"{number} 要补充什么?请直接说。"


def passed_on(*, number: str, department: str, due: str) -> str:
    """Tell that the words went to the unit, or to the appeal while no unit is found."""
    if not department:
        return f"收到,已经记到{number}里,定了单位一起转给他们。还想补充,点卡片上的「补充」。"
    promise = f"最迟{due}答复您。" if due else "有答复就在这里告诉您。"
    return f"收到,已经转给{department}。{promise}"
