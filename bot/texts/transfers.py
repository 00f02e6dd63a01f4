"""What units read when an appeal changes hands: returns, offers, a colleague who goes on, and where it went."""

RETURN_REASONS = {
    "area": "不在我们辖区",
    "duty": "不是我们的职责",
    "moved": "已经移交别人",
    "duplicate": "重复件",
    "other": "别的",
}
BY_SILENCE = "到时候没有人定,按没同意算"

SEARCH = "搜一个单位"
SEARCH_AGAIN = "再搜"
DO_NOT_KNOW = "不知道"
OFFER = "协商转办"
HAND_OVER = "转给同事"
TAKE_OVER = "接手"
DECLINE = "不接,写理由"
WITHDRAW_OFFER = "撤回转办"

WHOSE = "应该归谁?"
BY_WHAT_RULE = "依据哪条职责或派单目录?写一句。\n写的时候,请回复这一条。"
TO_WHOM = "请哪个单位接手?"
WHY_THEIRS = "为什么归他们?写一句,他们会看到。\n写的时候,请回复这一条。"
DECLINED = "好,已经告诉他们了。"
WHICH_UNIT = "哪个单位?写名字里的几个字。\n写的时候,请回复这一条。"
FOUND = "找到这些单位,点一个:"
TOO_LONG = "这句太长。请短一点,再回复一次。"
NO_COLLEAGUES = "本单位现在没有别的同事。要加人,请找管理员。"
NOT_TO_CITIZEN = "这句没有发给群众。要跟群众说,请回复诉求卡。"
COLLEAGUE_ANSWERED = "这句是回复同事的,只在群里。要转给现在的承办单位,请回复诉求卡。"
ONLY_TEXT = "这件已经转走,现在只能替您转文字。请打字回复诉求卡。"


def why_not_ours(*, number: str) -> str:
    """Ask why the unit returns it."""
    return f"{number} 为什么不归你们管?"


def why_declined(*, department: str) -> str:
    """Ask why the unit does not take it over."""
    return f"为什么不接?写一句,{department}会看到。\n写的时候,请回复这一条。"


def not_found(*, words: str) -> str:
    """Say that no unit bears this name."""
    return f"没有找到「{words}」。请回复这条,换几个字再搜。"


def return_asked(*, until: str, department: str) -> str:
    """Say that the dispatchers have the request."""
    return f"退单申请交上去了。派单员最迟{until} 定。\n定之前还由{department}办,时间照常算。"


def lead_asked(*, returns: int, department: str) -> str:
    """Say that the supervisors have the request."""
    back = f"这件已经退过{returns}次," if returns else ""
    return f"退单申请交上去了。{back}由监督员定主办单位。\n定之前还由{department}办,时间照常算。"


def lead_wanted(*, number: str, department: str) -> str:
    """Tell the unit that the dispatchers passed its request on."""
    return f"{number} 派单员请监督员定主办单位了。\n定之前还由{department}办,时间照常算。"


def return_refused(*, number: str, department: str, reason: str, due: str | None) -> str:
    """Tell the unit that it stays theirs."""
    lines = [f"{number} 退单没有同意,还请{department}办。", f"理由:{reason}", f"最迟答复:{due}。" if due else ""]
    return "\n".join(line for line in lines if line)


def moved(*, number: str, how: str, new: str) -> str:
    """Tell the unit that just had it where it went; `how`: the event that moved it."""
    went = {
        "return_agreed": f"改派给{new}",
        "take_over": f"由{new}接手了",
        "lead_named": f"监督员定了由{new}主办",
    }
    return f"{number} {went[how]},你们不用办了。"


def now_at(*, number: str, new: str) -> str:
    """Tell a unit that had it long ago where it is now."""
    return f"{number} 现在由{new}办。"


def not_sent(*, new: str) -> str:
    """Tell who was writing that their words did not go, for it is another unit's now."""
    return f"没有发给群众:这件已经转给{new}了。"


def lead_kept(*, number: str, department: str, due: str | None) -> str:
    """Tell the unit that the supervisors named it."""
    promise = f"\n最迟答复:{due}。" if due else ""
    return f"{number} 监督员定了,由{department}主办,不能再退。{promise}"


def offer(*, number: str, department: str, text: str, place: str, reason: str, due: str | None) -> str:
    """Ask the other unit to take an appeal over (【请接手】)."""
    lines = [f"【请接手】{number}", f"{department}认为这件归你们。", text, place, f"理由:{reason}"]
    return "\n".join(line for line in [*lines, f"原来的答复期限:{due}" if due else ""] if line)


def offered(*, to: str, until: str, department: str) -> str:
    """Say that the other unit was asked."""
    return f"已经请{to}接手,最迟等到{until}。\n接手之前还由{department}办,时间照常算。"


def taken_over(*, number: str, staff: str) -> str:
    """Write what is left of the question once the unit said yes."""
    return f"{number} {staff or '本单位'}接手了,诉求卡在下面。"


def declined(*, number: str, to: str, reason: str, department: str) -> str:
    """Tell the offering unit that the other one will not."""
    return f"{number} {to}不接:{reason}\n还由{department}办。"


def declined_here(*, number: str, staff: str, reason: str) -> str:
    """Write what is left of the question once the unit said no."""
    return f"{number} {staff or '本单位'}不接:{reason}"


def lapsed(*, number: str, to: str, department: str) -> str:
    """Tell the offering unit that nobody answered."""
    return f"{number} {to}没有回音,不再等了。还由{department}办。"


def offer_over(*, number: str, how: str, department: str) -> str:
    """Write what is left of the question when it is settled otherwise; `how`: the event that settled it."""
    why = {
        "offer_withdrawn": f"{department}撤回了转办",
        "offer_lapsed": f"没有回音,还由{department}办",
        "answer": f"{department}已经答复",
        "withdraw": "群众撤回了",
        "lead_kept": f"监督员定了由{department}主办",
    }
    return f"{number} 不用接了:{why.get(how, f'现在由{department}办')}。"


def no_longer_offered(*, number: str, to: str) -> str:
    """Say to the offering unit that the other one is no longer asked."""
    return f"{number} 不再请{to}接手。"


def to_which_colleague(*, number: str, claimant: str) -> str:
    """Ask who goes on."""
    return f"{number} 现在由{claimant or '本单位'}承办,转给谁?"


def handed_over(*, number: str, old: str, new: str) -> str:
    """Name both: who had it and who has it now."""
    return f"{number} {old or '本单位'}转给{new},现在由{new}承办。"


def former_note(*, number: str, department: str, staff: str, text: str) -> str:
    """Show the unit what a former unit has to say."""
    return f"{number} {department}({staff})备注,没有发给群众:\n{text}"


def passed_on(*, department: str) -> str:
    """Tell the former unit where its words went."""
    return f"这件已经转给{department}了。这句记作备注,{department}看得到,没有发给群众。"


def moved_on(*, number: str, department: str) -> str:
    """Refuse a button of a unit that has it no more."""
    return f"{number}已经转给{department},你们不用办了。要告诉他们什么,请直接回复诉求卡。"


def no_more_returns(*, returns: int, named: bool) -> str:
    """Say that only a supervisor decides where it belongs, or has."""
    back = f"这件已经退过{returns}次," if returns else "这件"
    if named:
        return f"{back}主办单位是监督员定的,不能再退。办不了的,请跟监督员说。"
    return f"{back}不能再退。请等监督员定主办单位。"


def decided(*, number: str, what: str, name: str, department: str) -> str:
    """Tell the one who came second what was decided, and by whom where that is known."""
    who = name or "同事"
    refused = f"已经由{name}驳回" if name else BY_SILENCE
    sentences = {
        "assign": f"已经由{who}派给{department}。",
        "return_agreed": f"已经由{who}派给{department}。",
        "return_refused": f"的退单{refused},还由{department}办。",
        "lead_wanted": f"已经由{who}交给监督员定。",
        "lead_named": f"已经由{who}定了:{department}主办。",
        "lead_kept": f"已经由{who}定了:{department}主办。",
        "take_over": f"已经由{department}接手({who})。",
        "offer_declined": f"已经由{who}答复:不接。还由{department}办。",
        "offer_withdrawn": f"不用接了:{who}撤回了转办,还由{department}办。",
        "offer_lapsed": f"不用接了:时间过了,还由{department}办。",
        "hand_over": f"已经转给{who}承办。",
    }
    return number + sentences[what]
