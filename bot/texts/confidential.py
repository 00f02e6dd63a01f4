"""What is said of a confidential appeal (保密件): to the group next to nothing, to its handler where to read it."""

from collections.abc import Sequence

LOOK = "我来看"
CARD = "保密件"
NOT_SHOWN = "内容不在群里显示,由专办人在私聊里看。"
NOBODY_YET = "还没有,已请管理员指定"
SENT_TO_YOU = "全文发到您的私聊里了。"
KEEP_IT = "保密件:只有您看得到,请不要转发、不要截图。"
HOW_TO_REPLY = "直接回复本条,发给群众;开头写 // ,只记下来。"
NOTED = "记下了,群众看不到。"
MAKE_A_NOTE = "改成备注"

ASK = "您举报的事,要不要保密?\n保密的话,只有专办的人看得到全文,不发到群里,也不上公示栏。"
ABOUT_OFFICIALS = (
    "反映公职人员违纪违法,归纪检监察机关查,电话 12388。您说的不会转给他的单位。\n在这里也可以接着交,由专办的人看。"
)
YES, NO = "要保密", "不用保密"
CHANGE = "改保密"
_KEPT = "要保密,只有专办的人看得到全文"
NOT_KEPT = "不用保密"

HANDLER_USAGE = "请写单位的名字,比如:/handler 城市管理局。派单员里的专办人:/handler 派单群。"
NO_STAFF = "名单里还没有人。先用 /staff 请人进名单,再来指定专办人。"
_MARK = "(现在的专办人)"


def level_line(*, kind: str, level: str) -> str:
    """Write kind and urgency."""
    return f"{kind}·{level}"


def town_line(*, town: str) -> str:
    """Write the town, and of the place no more."""
    return f"地点:{town}"


def status_line(*, status: str) -> str:
    """Write where it stands."""
    return f"现在:{status}"


def answer_until(*, due: str) -> str:
    """Write until when to answer."""
    return f"答复:最迟 {due}"


def send_before(*, due: str) -> str:
    """Write until when to dispatch it."""
    return f"请在{due}前派出"


def handler_line(*, staff: str) -> str:
    """Name the handler; empty: nobody was named."""
    return f"专办人:{staff or NOBODY_YET}"


def handler_only(*, staff: str | None) -> str:
    """Tell anybody else whose it is."""
    if staff is None:
        return "这一件是保密件,还没有专办人。请管理员发 /handler 指定。"
    return f"这一件是保密件,由{staff}专办,只在他的私聊里看、在那里办。"


def moved(*, number: str, unit: str) -> str:
    """Write what is left of the card once another unit has it."""
    return f"【保密件】{number}\n改派给{unit},你们不用办了。"


def other_handler(*, number: str, staff: str) -> str:
    """Tell the former handler that another one has it."""
    return f"{number} 换成{staff or '别人'}专办,您不用办了。"


def unreachable(*, number: str, staff: str) -> str:
    """Say in the group that the handler's private chat cannot be written to."""
    return f"{number} {staff},我还不能给您发私聊,有话没送到。请先点开我的头像,发一句「你好」,再来点「我来看」。"


def kept(*, units: Sequence[str]) -> str:
    """Write on the summary that it is confidential, and which units do not get it."""
    return f"{_KEPT},{'、'.join(units)}不经手" if units else _KEPT


def left_out(*, units: Sequence[str]) -> str:
    """Tell the dispatcher which units are named in the text."""
    return f"文中说到:{'、'.join(units)}。没有列在下面;要派给它,请用「打字搜」。"


def no_handler(*, number: str, unit: str) -> str:
    """Tell an administrator that a confidential appeal has nobody who may read it."""
    return f"{unit}没有专办人,保密件{number}没人能看。请发 /handler {unit} 指定一位。办理时间照常算。"


def choose_handler(*, name: str) -> str:
    """Ask who is to handle what is confidential."""
    return f"{name}的保密件由谁专办?点一个名字。换人以后,原来的专办人就看不到了。"


def one_of_staff(*, name: str, post: str | None, badge: str | None, current: bool) -> str:
    """Label a member of staff."""
    more = " ".join(part for part in (post or "", f"{badge}号" if badge else "") if part)
    return f"{name}{f' {more}' if more else ''}{_MARK if current else ''}"


def handler_named(*, name: str, staff: str) -> str:
    """Confirm who handles what is confidential."""
    return f"好,{name}的保密件由{staff}专办。\n请让他先私下给我发一句「你好」,我才能把全文发给他。"


def without_handler(*, names: str) -> str:
    """Name the units that have staff and no handler."""
    return f"还没有专办人的:{names}。\n{HANDLER_USAGE}"
