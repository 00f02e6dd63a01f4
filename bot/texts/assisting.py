"""What units read of help for the one that leads (会办), of what goes to a superior (上报), and of handling classes."""

CLAIM = "签收"
NOT_OURS = "不归我管"
DONE = "答完了"
SEARCH = "搜一个单位"
SEARCH_AGAIN = "再搜"
ESCALATE = "上报"
CHANGE_CLASS = "改办件类型"

WHOM = "要请哪个单位一起办?请他们做什么?\n先点单位,再写一句。"
WHICH_UNIT = "哪个单位?写名字里的几个字。\n写的时候,请回复这一条。"
FOUND = "找到这些单位,点一个:"
TOO_LONG = "这句太长。请短一点,再回复一次。"
HOW_TO_REPLY = "直接回复本条,发给主办;开头写 // ,只在群里。"
WRITE_FIRST = "还没有给主办的回话。请回复会办卡,写清查到什么、做了什么,再点「答完了」。"
DECLINED_TOAST = "好,已经告诉主办了。"
COLLEAGUE_ANSWERED = "这句是回复同事的,只在群里。要告诉主办,请回复会办卡。"

WHICH_SUPERIOR = "上报给谁?写上级单位的名字,群众会看到。\n写的时候,请回复这一条。"
WHY_ESCALATED = "为什么要上报?写一句,只留在记录里。\n写的时候,请回复这一条。"
WHICH_CLASS = "改成哪一类?"


def what_to_do(*, department: str) -> str:
    """Ask what the other unit is to do."""
    return f"请{department}做什么?写一句,他们会看到。\n写的时候,请回复这一条。"


def not_found(*, words: str) -> str:
    """Say that no unit bears this name."""
    return f"没有找到「{words}」。请回复这条,换几个字再搜。"


def no_group(*, department: str) -> str:
    """Say that nobody would see it there."""
    return f"{department}还没有绑定群,请了也没人看得到。请管理员先绑定,或者请别的单位。"


def no_reader(*, department: str) -> str:
    """Say that nobody there may read what is confidential."""
    return f"这一件是保密件,{department}没有能看的专办人,不能请他们会办。"


def card(*, number: str, lead: str, department: str, task: str, place: str, text: str, due: str) -> str:
    """Ask a unit for help (【会办】)."""
    asked = f"【会办】{number} 主办:{lead}\n请{department}协助:{task}"
    told = "\n".join(line for line in (place, text) if line)
    return f"{asked}\n{told}\n{due}前回给主办。由主办答复群众。"


def in_hand(*, staff: str) -> str:
    """Write who of the unit helps."""
    return f"协助:{staff}"


def settled(*, number: str, staff: str) -> str:
    """Write what is left of the card once the unit has done its part."""
    return f"{number} {staff or '本单位'}答完了,主办看得到。再有要说的,直接回复本条。"


def declined_here(*, number: str, staff: str, reason: str) -> str:
    """Write what is left of the card once the unit said no."""
    return f"{number} {staff or '本单位'}回了主办,不归本单位:{reason}"


def off(*, number: str, why: str) -> str:
    """Write what is left of the card when no help is wanted any more."""
    return f"{number} 不用协助了:{why}。"


def why_off(*, how: str, lead: str, status: str) -> str:
    """Say why; `how`: the event that ended it, `lead`: who leads now."""
    ends = {"withdraw": "群众撤回了", "delivered": "主办答复群众了", "told_by_phone": "主办电话答复群众了"}
    moved = {"return_agreed", "take_over", "lead_named"}
    return f"现在由{lead}主办" if how in moved else ends.get(how, f"这一件{status}")


def why_not_yours(*, lead: str) -> str:
    """Ask why it is not theirs."""
    return f"为什么不归你们管?写一句,{lead}会看到。\n写的时候,请回复这一条。"


def taken_toast(*, number: str, due: str) -> str:
    """Answer the press."""
    return f"您签收了{number}的会办。请在{due}前回给主办。"


def passed_on(*, lead: str) -> str:
    """Tell who wrote where their words went."""
    return f"转给{lead}了,没有发给群众。"


def asked(*, to: str, due: str, department: str) -> str:
    """Tell the lead that the other unit was asked."""
    return f"已经请{to}协助,{due}前回给{department}。\n主办还是{department},最迟答复不变。"


def taken(*, to: str, staff: str, due: str) -> str:
    """Tell the lead who of the other unit signed."""
    return f"{to}({staff or '工作人员'})签收了会办,{due}前回。"


def said(*, number: str, to: str, staff: str, text: str) -> str:
    """Show the lead what the helping unit says."""
    who = f"{to}({staff})" if staff else to
    return f"【会办回复】{number} {who},没有发给群众:" + (f"\n{text}" if text else "")


def answered(*, number: str, to: str) -> str:
    """Tell the lead that the other unit has done its part."""
    return f"{number} {to}答完了会办。请由本单位答复群众。"


def done_there(*, to: str) -> str:
    """Write what is left of the word that it was asked."""
    return f"{to}答完了会办。"


def late(*, number: str, lead: str, due: str) -> str:
    """Remind the helping unit, once."""
    return f"{number} 会办过了时间({due}),还没回给{lead}。请今天回;不归你们管的,也请说一句。"


def late_to_lead(*, number: str, to: str) -> str:
    """Tell the lead that the other unit is late, and that the time is its own."""
    return f"{number} {to}的会办过了时间还没回,已经提醒他们。答复的时间照常算。"


def declined(*, number: str, to: str, reason: str) -> str:
    """Tell the lead that the other unit will not."""
    return f"{number} {to}说会办不归他们:{reason}"


def declined_there(*, to: str) -> str:
    """Write what is left of the word that it was asked."""
    return f"{to}没有接会办。"


def off_there(*, to: str) -> str:
    """Write what is left of the word that it was asked, when the help is wanted no more."""
    return f"不用再请{to}协助。"


def escalated(*, number: str, superior: str, department: str, due: str | None) -> str:
    """Tell the unit that it stays answerable."""
    until = f",最迟 {due}" if due else ""
    return f"{number} 已上报{superior},群众已经知道。\n还是由{department}答复{until},时间照常算。"


def class_changed(*, number: str, name: str) -> str:
    """Say what class it is now."""
    return f"{number} 改成{name}了。"
