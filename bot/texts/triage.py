"""What the dispatchers read (派单群), and what they are told when a step is past."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.texts.dates import clock, day, day_and_clock
from storage.domain.calendar import Calendar
from storage.domain.dangers import Danger

SEND_TO = "派{department}"
OTHER_UNIT = "别的单位"
SEARCH = "打字搜"
SEARCH_AGAIN = "再搜"
BACK = "返回"
EARLIER = "上一页"
LATER = "下一页"
AGREE = "同意改派"
REFUSE = "驳回退单"
SUPERVISOR = "请监督员定"

PLACE_UNSAID = "地点:没说"
NO_WORDS = "(没有打字,看附件)"
WRITE_DOWN = "写下来"
CANNOT_HEAR = "听不清,请打电话"
ASKED_AGAIN = "群众没有留电话。已经请他再说一遍。"
PHONE_SENT = "电话发到您的私聊里了,这次查看已记录。"
UNKNOWN_UNIT = "没说"
NO_OPINION = "机器估计:说不准"
GUESSES, GUESSES_NEW = "机器估计:", "机器估计(没学过这类事,可能不准):"
SOMEBODY = "派单员"

FOLLOW = "我来跟进"
NO_EMERGENCY = "不是急事"
SEE_PHONE = "看联系方式"
FOLLOW_FIRST = "请先点「我来跟进」,再看联系方式。"
NO_PHONE_LEFT = "他没有留电话。他在这里说的话,会接着转到这张卡下面。"
CASE_SETTLED = "这一件已经有人处理过了,请看最新的卡片。"
NOT_SHOWN = "(保密,内容不在群里显示)"
NOT_FILED = "(他没有交上来,话已经删掉了)"
WHY_PHONE = "为什么要看他的电话?"
PHONE_REASONS = {"call": "打电话问平安", "place": "问清在哪儿", "other": "别的"}
DANGERS: Mapping[Danger, str] = {
    Danger.GENERAL: "求救",
    Danger.GAS: "煤气",
    Danger.FIRE: "着火",
    Danger.WIRES: "电线",
    Danger.INJURY: "受伤、发病",
    Danger.VIOLENCE: "被打",
    Danger.DESPAIR: "想不开",
    Danger.MISSING: "走失",
    Danger.CRIME: "犯罪",
}

SUBMIT_FOR = "替他交上"
ASK_BY_PHONE = "请打电话问"
NEVER_MIND = "不用管"
DRAFT_GONE = "这一件已经不用管了:他自己交上了,或者不办了。"
ASKED_FOR_NUMBER = "他没有留电话。我已经问他要不要留一个,他留了会再发一张卡。"
ASKED_ALREADY = "他没有留电话,已经问过他了,还没有回。"
CALL_REASON = "问没交完的事"
CALLED = "打过了"
NOT_REACHED = "打不通"
CALL_BACK_REASON = "回电话"
CALL_SETTLED = "这个电话已经有人打过了,或者他不要了。"
CALL_STATES = {
    "called": "{name}打过了。",
    "no_answer": "{name}打了,没打通,已经告诉他。",
    "withdrawn": "他说不用打了。",
}

# What the dispatcher says to a unit that may not give an appeal back.
RETURN_REFUSALS = {
    "duty": "是你们的职责",
    "area": "在你们的辖区",
    "unclear": "理由没说清楚",
}


def waiting(
    *,
    number: str,
    kind: str,
    level: str,
    place: str,
    alias: str,
    text: str,
    files: str,
    guesses: Sequence[tuple[str, float, Sequence[str]]],
    is_new: bool,
    rules: Sequence[str],
    due: str | None,
) -> str:
    """Write the card of an appeal for which a unit is looked for.

    `guesses`: unit, probability, deciding words; `is_new`: nothing like it was learnt; `rules`: what the list of
    matters says.
    """
    lines = [f"【待派单】{number}", f"{kind}·{level}", place or PLACE_UNSAID, f"群众 {alias}:", text]
    lines += [f"附件:{files},见下"] if files else []
    lines += [GUESSES_NEW if is_new else GUESSES, *(_guess(*each) for each in guesses)] if guesses else [NO_OPINION]
    lines += rules
    lines += [f"请在{due}前派出"] if due else []
    return "\n".join(lines)


def voice(*, number: str, seconds: int, place: str, files: str, due: str | None) -> str:
    """Write the card of a voice that has to be written down; `files`: what else came with it."""
    long = f"语音{seconds}秒" if seconds else "语音"
    lines = [f"【待派单】{number}", f"{long},见下。请听完写一句。", place or PLACE_UNSAID]
    lines += [f"还有附件:{files},见下"] if files else []
    lines += [f"请在{due}前派出"] if due else []
    return "\n".join(lines)


def write_prompt(*, number: str) -> str:
    """Ask for what is said in a voice."""
    return f"{number} 语音里说了什么?请回复这条,照着写下来。"


def written_down(*, number: str) -> str:
    """Say that it is written down, and what comes next."""
    return f"{number} 写下来了,已经念给群众核对。卡片上有了文字,请派单。"


def things_lost(*, number: str, text: str) -> str:
    """Say that something the citizen sent did not come through; `text`: the words that came with it."""
    lost = f"{number} 群众发来的附件,有的没能转过来,已经请他再发一次。"
    return f"{lost}\n群众说:\n{text}" if text else lost


def phone_not_shown(*, number: str) -> str:
    """Say that a number could not be sent in private."""
    return f"{number} 的电话没能发到您的私聊。请先点开我的头像,发一句「你好」,再点一次「{CANNOT_HEAR}」。"


def reworded(*, number: str, text: str) -> str:
    """Show what the citizen changed their words to."""
    return f"{number} 群众改了说过的话,现在是:\n{text}"


def phone_for_voice(*, number: str, phone: str) -> str:
    """Show the number of somebody whose voice nobody could make out, to one person in private."""
    return f"{number}的电话:{phone}\n用途:语音没听清,问本人。只供办这件事,不要转发。\n这次查看已记录。"


def _guess(department: str, p: float, words: Sequence[str]) -> str:
    return f"{department} {p:.0%}" + (f"({'、'.join(words)})" if words else "")


def send_before(moment: datetime, now: datetime, calendar: Calendar) -> str:
    """Write until when to dispatch: 「 15:30 」 today, 「11月24日(周二)15:30」 else."""
    if calendar.local(moment).date() == calendar.local(now).date():
        return f" {clock(moment, calendar)} "
    return day_and_clock(moment, calendar)


def returned(
    *,
    number: str,
    n: int,
    old: str,
    reason: str,
    suggested: str,
    words: str,
    text: str,
    due: datetime | None,
    calendar: Calendar,
) -> str:
    """Write the card of an appeal that its unit wants to give back, for the nth time."""
    lines = [
        f"【退单】{number} 第{n}次",
        f"{old}说不归他们:{reason}",
        f"他们认为归:{suggested or UNKNOWN_UNIT}",
    ]
    lines += [f"依据:{words}", text] if words else [text]
    lines += [f"原来的答复期限:{day(due, calendar)}(不因退单往后推)"] if due else []
    return "\n".join(lines)


def sent(*, number: str, title: str, department: str, name: str) -> str:
    """Write what is left of the card once a unit has it."""
    return f"{number} {title}\n已派给{department}({name})"


def sent_on(*, number: str, title: str, old: str, new: str, name: str) -> str:
    """Write what is left of the card once a return was agreed to."""
    return f"{number} {title}\n{old}退单,已改派给{new}({name})"


def return_refused(*, number: str, title: str, department: str, reason: str, name: str) -> str:
    """Write what is left of the card once a return was refused."""
    by = f"({name})" if name else ""
    return f"{number} {title}\n退单没有同意,还由{department}办:{reason}{by}"


def taken_over(*, number: str, title: str, department: str) -> str:
    """Write what is left of the card once another unit took it over by agreement."""
    return f"{number} {title}\n不用再派,{department}已经接手"


def raised(*, number: str, title: str, name: str) -> str:
    """Write what is left of the card once the supervisors have it."""
    return f"{number} {title}\n请监督员定主办单位了({name})"


def settled_otherwise(*, number: str, title: str, status: str) -> str:
    """Write what is left of the card when there is nothing left to decide."""
    return f"{number} {title}\n不用再派,现在是:{status}"


def supplemented(*, number: str, text: str) -> str:
    """Pass on what the citizen added while a unit is still looked for."""
    return f"{number} 群众补充:\n{text}"


def sent_toast(*, number: str, department: str) -> str:
    """Answer the dispatcher's press."""
    return f"{number}已派给{department}。"


def no_group(*, department: str) -> str:
    """Say why nothing can be sent to this unit yet."""
    return f"{department}还没有绑定群,派过去没人看得到。请管理员先绑定,或者派给别的单位。"


def search_prompt(*, number: str) -> str:
    """Ask for part of a unit's name."""
    return f"{number} 派给谁?请回复这条,写单位名字里的几个字。"


def found(*, number: str) -> str:
    """Head the buttons of the units that were found."""
    return f"{number} 找到这些单位,点一个就派出:"


def not_found(*, number: str, words: str) -> str:
    """Say that no unit bears this name."""
    return f"{number} 没有找到「{words}」。请回复这条,换几个字再搜。"


def look_now(*, number: str, alias: str, text: str, reason: str, phones: str, stands: Sequence[str]) -> str:
    """Write the card of somebody who may be in danger; `stands`: what became of it so far."""
    lines = [f"【请马上看】{number or '还没交上来'}", f"群众 {alias}:", text]
    lines.append(f"系统认为可能有危险({reason}),已经告诉他打{phones}。")
    return "\n".join([*lines, *stands])


def followed(*, name: str) -> str:
    """Say who follows it up."""
    return f"{name}在跟进。"


def followed_by_other(*, name: str) -> str:
    """Tell the second one who was first."""
    return f"{name}已经在跟进了。"


def dismissed(*, name: str) -> str:
    """Say who looked and found no emergency."""
    return f"{name}看过,不是急事。"


SAYS_SAFE = "他说现在安全。"
SAYS_NO_EMERGENCY = "他自己说不是急事。"


def said_on(*, alias: str, text: str) -> str:
    """Pass on what somebody in danger says next."""
    return f"群众 {alias}接着说:\n{text}"


def phone_of(*, alias: str, phone: str, reason: str) -> str:
    """Show a number, to one person in private."""
    return f"群众 {alias}的电话:{phone}\n用途:{reason}。只供办这件事,不要转发。\n这次查看已记录。"


def unfinished(*, alias: str, when: str, text: str) -> str:
    """Write the card of somebody who told something and did not hand it in; an empty text is confidential."""
    if not text:
        return f"【没交完】群众 {alias}{when}说了一件要保密的事,没有提交。\n{NOT_SHOWN}"
    return f"【没交完】群众 {alias}{when}说了这些,没有提交:\n{text}"


def unfinished_filed(*, alias: str, number: str, name: str) -> str:
    """Write what is left of the card once it was filed; without a name by the citizen."""
    return f"【没交完】群众 {alias}\n" + (f"{name}替他交上了:{number}" if name else f"他自己交上了:{number}")


def unfinished_left(*, alias: str, name: str) -> str:
    """Write what is left of the card once nobody need look after it."""
    return f"【没交完】群众 {alias}\n不用管了({name})"


def call_wanted(*, about: str, alias: str, text: str, phone: str, wish: str, stands: str) -> str:
    """Write the card of somebody who wishes to be called; `phone` is masked, `about` the number of an appeal."""
    lines = [f"【请打电话】{about}".rstrip(), f"群众 {alias}想让人打电话给他:{phone}"]
    lines += [f"他说了这些:\n{text}"] if text else []
    lines += [f"什么时候打:{wish}"] if wish else []
    return "\n".join([*lines, *([stands] if stands else [])])
