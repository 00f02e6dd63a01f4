"""Words about an appeal that was told and not handed in."""

SUBMIT = "提交"
SUBMIT_NOW = "现在提交"
GO_ON = "接着说"
LEAVE = "不办了"
SOON = "您刚才说的还没交上去。\n点「提交」就行,少写点也不要紧。"
NOTHING_SAID = "您还没说是什么事。请说一句,我就替您交上去。"


def next_day(*, when: str, title: str) -> str:
    """Ask again the day after; without words there is no title."""
    told = f"说的「{title}」" if title else "发来的"
    return f"您{when}{told}还没交上去,我给您留着。"


def left(*, title: str) -> str:
    """Tell that nothing was filed, and how to begin again."""
    told = f"您之前说的「{title}」" if title else "您之前发来的"
    return f"{told}没有交上去,没有登记,我这里也不再留着了。\n还想办的话,随时再说一遍,我接着替您交。"


def wants_to_call(*, title: str) -> str:
    """Ask somebody who left no number whether they want to be called."""
    told = f"您说的「{title}」" if title else "您发来的"
    asked = "工作人员想打电话问问您,您没有留电话。\n方便的话,点一下「请打电话给我」;想自己交,点「提交」。"
    return f"{told}还没交上去。{asked}"
