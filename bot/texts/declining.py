"""Words of what is not accepted (不予受理): the reasons, what fills them in, the second look, on every side."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.texts.concerns import ONLY_TO_CHECK

DECLINE = "不予受理"
SEND = "发出"
CANCEL = "先不发"
WRITE = "我来写"
LOOK_AGAIN = "请再看一次"
GOT_IT = "知道了"
ADD = "补充"
NEWS = "有新情况"
UPHOLD = "维持"
OTHER_UNIT = "别的单位"
SEE_PROGRESS = "看进度"

CHOOSE_REASON = "选一个原因,群众会看到:"
REASONS: Final[Mapping[str, str]] = {
    "court": "已在诉讼仲裁",
    "law": "要走法律程序",
    "official": "举报公职人员",
    "petition": "已在信访",
    "answered": "同一件事已答复",
    "elsewhere": "不在本市",
    "little": "说得太少",
    "advert": "推销广告",
    "other": "别的",
}
#: Who is in charge where it need not be written: national numbers that every city has.
WHO: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "court": (("人民法院", "12368"), ("劳动人事争议仲裁委员会", "12333")),
    "law": (("人民法院", "12368"), ("劳动人事争议仲裁委员会", "12333"), ("公共法律服务中心", "12348")),
    "official": (("纪检监察机关", "12388"),),
}
ASKS: Final[Mapping[str, str]] = {
    "court": "正由哪个法院、仲裁委审理?请回复这条,写名字和电话。比如:东城人民法院 12368",
    "law": "该由哪里来断?请回复这条,写名字和电话。比如:东城人民法院 12368",
    "petition": "哪里正在办?请回复这条,写名字和电话。",
    "answered": "哪一件已经答复过?请回复这条,写那一件的编号。",
    "elsewhere": "是哪里的事?请回复这条,写地名和区号。比如:青河市 0999",
    "other": "请回复这条,写三行:\n第一行,不受理的原因\n第二行,该找哪里\n第三行,那里的电话",
}
NOT_READ: Final[Mapping[str, str]] = {
    "court": "没有读到名字和电话。请写成:东城人民法院 12368",
    "law": "没有读到名字和电话。请写成:东城人民法院 12368",
    "petition": "没有读到名字和电话。请写成:区信访局 电话号码",
    "answered": "没有找到这个人答复过的这一件。请看看编号,再回复一次。",
    "elsewhere": "没有读到地名和区号。请写成:青河市 0999",
    "other": "请写三行:原因、该找哪里、那里的电话。缺一行群众就不知道找谁。",
}
WHICH_ANSWER = "哪一件已经答复过?点一个,或者写编号。"
WHO_INSTEAD = "该找哪里?点一个,或者自己写。"
CANCELLED = "好,先不发。"
STALE = "这一步过去了,或者是同事在写的。请回到派单卡,重新点「不予受理」。"
TOO_LONG = "这段太长。请短一点,再回复一次。"
ASK_WORDS = "请说说是什么情况,监督员会再看一次。打字、发照片都行。"
NOT_NOW = "不用了"
SOMEBODY = "派单员"
SUPERVISOR = "监督员"
CONFIDENTIAL = "保密件,内容不在群里显示。"


def reason_court(*, body: str) -> str:
    """Say that a court or an arbitration has it."""
    return f"您说的事正由{body}审理,我们不能插手,结果以那边为准。"


def reason_law(*, body: str) -> str:
    """Say that only the law decides."""
    return f"这类纠纷要由{body}来断,我们断不了,断了也不作数。"


def reason_official(*, phone: str) -> str:
    """Say who looks into reports of officials."""
    return f"反映公职人员违纪违法,归纪检监察机关查,电话 {phone}。您说的不会转给他的单位。"


def reason_petition(*, office: str) -> str:
    """Say that a petition office has it."""
    return f"您这件事{office}正在办,两边一起办反而说法不一。进度请问{office}。"


def reason_answered(*, date: str, department: str, answer: str) -> str:
    """Repeat what was answered before."""
    return f"您{date}反映过同一件事,{department}已经答复:{answer}\n要是有新情况,请告诉我,接着办。"


def reason_elsewhere(*, place: str, code: str) -> str:
    """Say whose place it is."""
    return f"这是{place}的事,我们管不到。请打{code}12345。"


def hotline_of(*, place: str) -> str:
    """Name the hotline of another city."""
    return f"{place}的12345热线"


REASON_LITTLE = "只凭这些,还不知道是什么事、在哪里。补充一句,马上接着办。"
REASON_ADVERT = "这里只办群众的事,不接推销和广告。"

#: Reasons that say all by themselves; the others come with who is in charge instead.
ALONE: Final = frozenset({"answered", "little", "advert"})
#: Reasons whose sentence names the number already.
NAMES_WHO: Final = frozenset({"official", "elsewhere"})
#: What the citizen answers with words.
WANTS_WORDS: Final[Mapping[str, str]] = {"little": ADD, "answered": NEWS}


def declined(*, number: str, title: str, reason: str, text: str, office: str, phone: str) -> str:
    """Tell the citizen that it is not accepted, why, and who is in charge; `reason` is its key."""
    about = f"您反映的是:{title}({number})" if title else f"编号:{number}"
    if reason in ALONE:
        last = [] if reason in WANTS_WORDS else ["您觉得不对,可以请监督员再看一次。"]
        return "\n".join([about, text, *last])
    lines = ["这件事我们没有权力办,跟您说明一下。", about, f"原因:{text}"]
    lines += [_who(office, phone)] if office and reason not in NAMES_WHO else []
    return "\n".join([*lines, "您觉得不对,可以请监督员再看一次。"])


def _who(office: str, phone: str) -> str:
    return f"该找:{office}" + (f",电话{phone}" if phone else "")


def preview(*, text: str) -> str:
    """Show the dispatcher how the citizen will read it."""
    return f"群众会看到:\n\n{text}"


def declined_here(*, number: str, title: str, reason: str, name: str) -> str:
    """Write what is left of the dispatchers' card; `reason` is its key."""
    return f"{number} {title}\n不予受理:{REASONS.get(reason, REASONS['other'])}({name})"


def sent(*, number: str) -> str:
    """Say that the citizen was told."""
    return f"{number} 不予受理,已经告诉群众。"


def looked_at_again(*, date: str) -> str:
    """Tell the citizen that the supervisors look again."""
    return f"好,监督员会再看一次,最迟{date}告诉您。"


def assigned_after_all(*, department: str, due: str) -> str:
    """Tell the citizen that it is accepted after all."""
    promise = f",最迟答复:{due}" if due else ""
    return f"监督员看过了,这件该办。交给{department}{promise}。"


def upheld(*, text: str, office: str, phone: str, reason: str) -> str:
    """Tell the citizen that it stays declined."""
    opening = "监督员看过了,还是不受理。" if reason in ALONE else "监督员看过了,还是没有权力办。"
    who = f"请找{office}" + (f",电话{phone}。" if phone else "。")
    lines = [f"{opening}原因:{text}", who if office and reason not in NAMES_WHO | ALONE else ""]
    if reason in WANTS_WORDS:
        lines.append("有新情况,直接说就行,当作新的事来办。")
    return "\n".join(line for line in lines if line)


def please_look(
    *, number: str, kind: str, place: str, alias: str, text: str, reason: str, said: str, words: str, due: str
) -> str:
    """Write the supervisors' card of an objection; `said`: what the citizen was told, `words`: their answer to it."""
    lines = [f"【请再看】{number}", kind, place, f"群众 {alias}:" if text else "", text or CONFIDENTIAL]
    lines += [f"派单员不予受理:{REASONS.get(reason, REASONS['other'])}"]
    lines += [f"告诉群众:{said}"] if said else []
    lines += [f"群众请再看一次,说:{words}" if words else "群众请再看一次。"]
    lines += [f"最迟{due}告诉群众。" if due else ""]
    return "\n".join(line for line in lines if line)


def in_private(*, number: str, alias: str, text: str, told: str, said: str) -> str:
    """Show one supervisor what an objection to a confidential decline is about."""
    lines = [f"{number} 群众 {alias}:", text, f"告诉群众:{told}" if told else ""]
    lines += [f"群众请再看一次,说:{said}" if said else "群众请再看一次。", ONLY_TO_CHECK]
    return "\n".join(line for line in lines if line)


def settled(*, number: str, title: str, department: str, name: str) -> str:
    """Write what is left of the supervisors' card; without a unit it stays declined."""
    return f"{number} {title}\n" + (f"接着办,交给{department}({name})" if department else f"维持不予受理({name})")


def search_prompt(*, number: str) -> str:
    """Ask for part of a unit's name."""
    return f"{number} 交给谁办?请回复这条,写单位名字里的几个字。"


def found(*, number: str) -> str:
    """Head the buttons of the units that were found."""
    return f"{number} 找到这些单位,点一个就交给它办:"


def not_found(*, number: str, words: str) -> str:
    """Say that no unit bears this name."""
    return f"{number} 没有找到「{words}」。请回复这条,换几个字再搜。"


def assigned_toast(*, number: str, department: str) -> str:
    """Answer the supervisor's press."""
    return f"{number}交给{department}办,已经告诉群众。"
