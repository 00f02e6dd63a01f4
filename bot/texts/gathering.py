"""One matter that several tell, or several told as one, as units and dispatchers read it (并单、附议、拆单)."""

from collections.abc import Sequence

MERGE = "并到旧件"
SPLIT = "拆成几件"
SAME = "是,并过去"
NOT_SAME = "不是"
ADD_ONE = "添一件"
DONE = "完成"
CANCEL = "取消"
HOW_TO_ADD = "回复这条,再写一件。"
CANCELLED = "没有改,还是原来那样。"
STALE = "这一条过时了。请重新来一次。"
HOW_TO_MERGE = "这样写:/merge 要并的编号 并到的编号"
HOW_TO_UNMERGE = "这样写:/unmerge 编号。拿出来的那件,重新派单。"
HOW_TO_SPLIT = "这样写:/split 编号。再按提示,一条回复写一件。"
UNKNOWN_NUMBER = "没查到这个编号。请看看有没有打错。"
HELP = (
    "派单群能用的:\n/todo 等着派的\n/merge 编号 编号 把前一件并到后一件\n"
    "/unmerge 编号 把并错的拿出来\n/split 编号 一件拆成几件\n"
    "编号可以是已经派到单位的。"
)


def merge_prompt(*, number: str, alike: bool) -> str:
    """Ask into which appeal it is merged; `alike`: some stand below to be pressed."""
    return f"{number} 并到哪一件?" + ("像下面这些。都不是的话," if alike else "") + "回复这条,写那一件的编号。"


def like(*, number: str) -> str:
    """Label the button of one that seems to tell the same."""
    return f"像 {number}"


def ask_same(*, number: str, other: str, title: str, place: str, status: str) -> str:
    """Ask whether it is the same matter as another."""
    line = " ".join(each for each in (other, title, place, status) if each)
    return f"{number} 和这件是同一件事吗?\n{line}"


def merged(*, number: str, lead: str) -> str:
    """Say that it is merged."""
    return f"{number} 并到 {lead} 了,合在一起办。弄错了写:/unmerge {number}"


def unmerged(*, number: str, lead: str) -> str:
    """Say that it is taken out again."""
    return f"{number} 从 {lead} 里拿出来了,请重新派单。"


def split_prompt(*, number: str) -> str:
    """Ask for the parts."""
    return f"{number} 拆成几件?每件写一句,一条回复写一件。\n第一件留原来的编号,群众那边还是一个对话。"


def split_list(*, number: str, parts: Sequence[str]) -> str:
    """Show the parts before it is split."""
    listed = "\n".join(f"{at}. {part}" for at, part in enumerate(parts, start=1))
    return f"{number} 拆成{len(parts)}件:\n{listed}\n第一件留原来的编号,别的各有编号,请再派单。"


def split_done(*, number: str, parts: Sequence[str]) -> str:
    """Say that it is split, and which numbers the others have."""
    return f"{number} 拆开了,分出来的是:{'、'.join(parts)}。请给它们派单。"


def another_tells(*, number: str, n: int, alias: str, text: str) -> str:
    """Tell the unit that somebody else tells the same."""
    return f"{number} 又有一位群众反映同一件事,一共{n}位。\n群众 {alias}:\n{text}"


def taken_in(*, number: str, other: str, alias: str, text: str) -> str:
    """Tell the unit that another appeal is handled with this one."""
    return f"{number} 派单员把 {other} 并到这一件,合在一起办。\n群众 {alias}:\n{text}"


def others(*, n: int) -> str:
    """Say on the unit's card how many others tell the same."""
    return f"另有{n}人反映同一件事,答复时都会收到"


def follower_added(*, number: str, alias: str, text: str) -> str:
    """Pass on what somebody adds who stands with it."""
    return f"{number} 一起反映的群众 {alias} 补充:\n{text}"


def owner_left(*, number: str, old: str, new: str) -> str:
    """Tell the unit that the first citizen left."""
    return (
        f"{number} 群众 {old} 撤回了。还有别人反映同一件事,由群众 {new} 接着跟,照样办,期限不变。\n"
        "群众 {old} 说过的话都留着;没送到的回复不再送。".replace("{old}", old)
    )


def disputed(*, number: str, n: int) -> str:
    """Tell the unit that several call it unsolved."""
    return f"{number} 一起反映的群众里,有{n}位说没解决。他们可以要求重办。"


def was_split(*, number: str, text: str, parts: Sequence[str]) -> str:
    """Tell the unit what is left of its appeal."""
    return f"{number} 派单员拆开了,这里只办:\n{text}\n分出去的({'、'.join(parts)})另外派单。"
