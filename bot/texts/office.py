"""What the unit's group reads, and what the unit's words look like to the citizen."""

from collections.abc import Mapping, Sequence

from bot.texts.fitting import fit
from storage.domain.statuses import Status

CLAIM = "签收"
NOT_OURS = "不归我管"
ANSWER = "答复办结"
CONTACT_FIRST = "先联系一下"
ASK = "请补充"
INVITE = "会办"
MORE = "更多"
CHANGE_KIND = "改类别"
SEE_PHONE = "看联系方式"
BACK = "返回"
CANCEL = "取消"
SEND_NOW = "现在发"
DO_NOT_SEND = "不发了"
MAKE_A_NOTE = "改成群内备注"
SEND_ANYWAY = "发给群众"
KEEP_INSIDE = "就在群里"
WITHOUT_NUMBERS = "去掉号码再发"
AS_IT_IS = "原样发给群众"
LAST_REPLY = "用上一条回复"
USE_A_PHRASE = "用常用语"
WHICH_PHRASE = "用哪一句?点一下,发出前您还能看一眼。"
NO_PHRASES = "还没有常用语。存一句:/t 名字 = 内容"
PHRASE_NEEDS_A_CARD = "这样用:回复诉求卡,写 /t 和名字。"
ANONYMOUS = "匿名管理员"
SEND = "发出"
WRITE_AGAIN = "再改改"

OUTCOMES = {"solved": "已经解决", "explained": "已解释清楚", "planned": "列入计划", "impossible": "办不了"}
PHONE_REASONS = {"visit": "上门", "check": "核实情况", "answer": "告知答复", "other": "别的"}
LAST_REPLIES = {"delivered": "上次答复:已送到", "undelivered": "上次答复:没送到"}
NEW, WORKING, URGENT = "新诉求", "办理中", "急"
SETTLED: Mapping[Status, str] = {
    Status.ANSWERED: "已答复",
    Status.CLOSED: "已结案",
    Status.WITHDRAWN: "已撤回",
    Status.AWAITING_CITIZEN: "待补充",
    Status.DEFERRED: "列入计划",
    Status.DECLINED: "不予受理",
    Status.MERGED: "已并单",
}
WAITS_FOR_RATING = "已答复,已送到。等群众评价。"
HOW_TO_REPLY = "直接回复本条,发给群众;开头写 // ,只在群里。"

DELIVERED = "已送到。"
UNDELIVERED = "没送到。"
SENDING = "正在发给群众,送到了告诉您。"
NOT_SENT = "没有发给群众。"
NOTED = "记下了,只在群里。"
COLLEAGUE_NAMED = "这句里提到了同事,没有发给群众。"
COLLEAGUE_ANSWERED = "这句是回复同事的,没有发给群众。"
PRIVATE_NUMBER = "这句里有电话或证件号,没有发出去。"
NOTHING_LEFT = "去掉号码就没有字了。请重新写一句。"
TOO_LONG = "这条太长,没有发给群众。请分成两条,再回复一次。"
NOT_TAKEN = "这一种转不了,没有发给群众。请打字,或者发照片、语音、文件,回复诉求卡。"
CARD_NOT_TAKEN = "名片不转给群众。要留办公电话,请打字写明是哪里的电话。"
UNSEND = "撤回这条"
UNSENDING = "正在撤回。"
UNSENT = "撤回了,群众那边已经没有这条。"
NOT_UNSENT = "撤不回来了,群众已经收到。说错了,请再发一条更正。"
EDITED_THERE = "改好了,群众看到的也改了。"
EDIT_HAS_NUMBER = "改的这句里有电话或证件号,群众看到的没有改。"
EDIT_THE_PREVIEW = "答复还没发出。要改,请点上面的「再改改」,重新写一遍。"
EDIT_IS_NOTE = "这条已经发给群众了,不能改成群内备注。要收回,点「撤回这条」。"
EDIT_NAMES_COLLEAGUE = "改的这句里提到了同事,群众看到的没有改。"
EDIT_NOT_THERE = "群众那边没有这条,改了也看不到。要发,请另外回复一条。"
EDIT_WAITS = "改好了。群众一回来,看到的是改过的。"
NOTE_STAYS = "这条还是群内备注,没有发给群众。要发,请另外回复一条。"
MEDIA_NOT_CHANGED = "群众那边的附件没有换。要换,请重新发一条。"
WORDS_WANTED = "收到了。请再写一句答复,回复这一条,附件一起发。"
NOT_AS_A_CHANNEL = "这条是用频道的名义发的,没有发给群众。请换回自己的身份,再回复一次。"
GONE_ALREADY = "这条已经发出去了,收不回来。"
SETTLED_ALREADY = "这条刚才已经办过了,请看最新的消息。"
COLLEAGUE_WRITES = "这是同事在写的,请让他自己点。"
STOPPED = "好,先不办这一步。要办的时候,再点诉求卡上的按钮。"
ASK_FOR_ANSWER = "请写答复:查到什么、做了什么、结果怎样。\n写的时候,请回复这一条。"
ASK_WHY_IMPOSSIBLE = "请写明办不了的原因、依据哪条规定、群众还可以找谁。\n发出前由监督员看一遍。写的时候,请回复这一条。"
ASK_HOW_ADOPTED = "请写明采纳哪些、打算怎么办、什么时候办。群众先看到「{verdict}」。\n写的时候,请回复这一条。"
ASK_WHY_NOT_ADOPTED = "请写明为什么不采纳。群众先看到「不采纳」。\n写的时候,请回复这一条。"
ASK_FOR_FIRST_WORD = "先跟群众说一句什么?比如「明天下午去看」。\n写的时候,请回复这一条。"
PREVIEW_WARNING = "里面有电话或证件号,这里打了星号,发出去是原样。发出前请再看看。"
WHY_PHONE = "为什么要看?"
NO_PHONE = "群众没有留电话。请直接回复诉求卡跟他说。"
UNKNOWN_NUMBER = "没查到这个编号,或者不是本单位在办。请这样写:/status LX-20261123-0007"
NOBODY_SEES_IT = "匿名的管理员看不了电话:不知道该给谁看。请先在群里取消匿名,再点一次。"
PHONE_SENT = "电话发到您的私聊里了。"
PHONE_SENT_AND_LOGGED = "电话发到私聊里了。这次查看已记录。"
OPEN_PRIVATE_CHAT = "我还不能给您发私聊。请先点开我的头像,发一句「你好」,再来点一次。"


def status_line(*, number: str, title: str, status: str) -> str:
    """Write where an appeal stands."""
    return f"{number} {title}\n现在:{status}"


def bracketed(word: str, number: str) -> str:
    """Write a card's headline."""
    return f"【{word}】{number}"


def headline_line(*, kind: str, level: str, handling: str) -> str:
    """Write kind, urgency and handling class."""
    return f"{kind}·{level}·{handling}"


def alias(code: str) -> str:
    """Name the citizen without naming them."""
    return f"群众 {code}"


def place_unsaid(word: str) -> str:
    """Say that there is no place."""
    return f"地点:{word}"


def wish(words: str) -> str:
    """Write what the citizen would like."""
    return f"希望:{words}"


def sign_until(*, due: str) -> str:
    """Write until when to sign for it."""
    return f"签收:{due}前"


def answer_until(*, due: str, days: int) -> str:
    """Write until when to answer; `days`: working days left, negative when late."""
    left = f"还有{days}个工作日" if days > 0 else "今天到期" if days == 0 else f"已经过期{-days}个工作日"
    return f"答复:最迟 {due},{left}"


def extreme_line(*, kind: str) -> str:
    """Write kind and urgency of an emergency."""
    return f"{kind}·特急"


def extreme_until(*, sign: str | None, contact: str | None, answer: str | None) -> str:
    """Write the limits of an emergency, which run day and night; those that are past their use are left out."""
    parts = [f"{sign}前签收" if sign else "", f"{contact}前联系群众" if contact else ""]
    parts.append(f"{answer}前答复" if answer else "")
    told = ",".join(each for each in parts if each)
    return f"{told}。夜里节假日照算。" if told else ""


def in_danger(*, number: str, reason: str, limits: str) -> str:
    """Tell the unit that the citizen of an appeal may be in danger."""
    return "\n".join(
        line for line in (f"【急】{number} 群众可能有危险({reason}),已改为特急。请马上联系。", limits) if line
    )


def counts(*, returns: int, urges: int) -> str:
    """Write how often it was returned and urged; empty where never."""
    said = [f"退过{returns}次" if returns else "", f"催过{urges}次" if urges else ""]
    return "·".join(each for each in said if each)


def in_hand(*, staff: str, time: str) -> str:
    """Write who signed for it."""
    return f"承办:{staff}({time}签收)"


def claimed(*, staff: str, number: str, contact_due: str | None) -> str:
    """Tell the one who signed what comes next."""
    next_step = f"请在{contact_due}前先联系群众。" if contact_due else "请先联系群众。"
    return f"{staff}签收了{number}。{next_step}"


def held(*, seconds: float) -> str:
    """Say how long a reply waits."""
    return f"{seconds:g} 秒后发给群众。"


def how_did_it_go(*, number: str) -> str:
    """Ask for the outcome."""
    return f"{number} 办得怎么样?"


def adopted_or_not(*, number: str) -> str:
    """Ask what becomes of a suggestion."""
    return f"{number} 这条建议采纳吗?"


def ask_for_answer(outcome: str) -> str:
    """Ask for the words of an answer of this outcome."""
    asks = {
        "impossible": ASK_WHY_IMPOSSIBLE,
        "adopted": ASK_HOW_ADOPTED.format(verdict="采纳"),
        "partly": ASK_HOW_ADOPTED.format(verdict="部分采纳"),
        "not_adopted": ASK_WHY_NOT_ADOPTED,
    }
    return asks.get(outcome, ASK_FOR_ANSWER)


def preview(*, answer: str, files: str, warning: str) -> str:
    """Show the answer before it goes."""
    foot = "\n".join(each for each in (f"附件:{files}" if files else "", warning) if each)
    return f"将这样答复群众:\n\n{answer}" + (f"\n\n{foot}" if foot else "")


def more(*, number: str) -> str:
    """Open the list of rarer acts."""
    return f"{number} 还可以:"


def more_after(*, number: str, until: str) -> str:
    """Say what is still possible with an appeal that is answered or closed."""
    how = f"{until}前直接回复诉求卡,还能发给群众" if until else "直接回复诉求卡,还能发给群众"
    return f"{more(number=number)}\n{how};开头写 // ,只在群里。"


def phone(*, alias: str, phone: str, reason: str) -> str:
    """Show a number, to one person in private."""
    return f"{alias}的电话:{phone}\n用途:{reason}。只供办这件事,不要转发。\n这次查看已记录。"


def phrases(*, lines: Sequence[tuple[str, str]]) -> str:
    """List a unit's sentences, and say how they are used."""
    if not lines:
        return NO_PHRASES
    listed = "\n".join(f"{name}:{fit(text, 60)}" for name, text in lines)
    return f"本单位的常用语:\n{listed}\n用:回复诉求卡,写 /t 名字。存:/t 名字 = 内容。删:/t -名字"


def phrase_kept(*, name: str) -> str:
    """Say that a sentence is kept."""
    return f"存好了:{name}。回复诉求卡,写 /t {name},就发给群众。"


def phrase_removed(*, name: str) -> str:
    """Say that a sentence is gone."""
    return f"删掉了:{name}。"


def works_here_now(*, department: str) -> str:
    """Say once in a group why a unit's cards come there."""
    return f"{department}的话题用不了了,诉求卡先发在这里。照样直接回复诉求卡。"


def staff_left(*, name: str, lines: Sequence[str]) -> str:
    """Ask for somebody to take over what a colleague who left had signed for."""
    return "\n".join([f"{name}不在名单里了,他签收的还有{len(lines)}件,请接手:", *lines])


def take_over(*, number: str) -> str:
    """Label the button that takes one of them over."""
    return f"我来接 {number}"


def taken_over(*, staff: str, number: str) -> str:
    """Answer the press."""
    return f"{staff}接手了{number}。"


def phone_not_shown(*, staff: str) -> str:
    """Say that the number could not be sent in private."""
    return f"{staff},电话没能发到您的私聊。{OPEN_PRIVATE_CHAT}"


def attached(*, files: str) -> str:
    """Say on a card what came with the words."""
    return f"附件:{files},见下"
