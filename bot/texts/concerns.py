"""What goes between a citizen and the supervisors (找监督员), and urging the unit (催办); the unit reads none of it."""

FIND_SUPERVISOR = "找监督员"
CANCEL = "取消"
URGE = "催一下"
NOT_SAID = "好,没有告诉监督员。想说的时候,再点「找监督员」。"

REPLY = "回复群众"
REDO = "要求重办"
CHECK = "抽查"
CONTACT = "联系群众"
RECORD = "记录在案"
READ = "我来看"
SEND = "发给群众"
DO_NOT_SEND = "不发了"
SUPERVISOR = "监督员"

ONLY_TO_CHECK = "只供核查,不要转发。这次查看已记录。"
HIDDEN = "保密件,内容不在群里显示。"
UNSEEN = "承办单位看不到这条。"
HOW_TO_REPLY = "请直接回复这张卡,写给群众的话,署名「监督员」。开头写 // ,只在群里。"
ASK_FIRST = "这句里有电话、证件号,或者提到了别人,没有发给群众。"
ONLY_TEXT = "只能替您转文字。请打字,回复那张卡。"
TOO_LONG = "这句太长,没有发给群众。请短一点,再回复一次。"
SENT_NOW = "正在发给群众。"
NOT_SENT = "没有发给群众。要回复,请再回复那张卡。"
GONE_ALREADY = "这条已经发出去了,收不回来。"
READ_IN_PRIVATE = "发到您的私聊里了。这次查看已记录。"
PHONE_IN_PRIVATE = "电话发到您的私聊里了,这次查看已记录。要发消息,请直接回复这张卡。"
NO_PHONE = "群众没有留电话。请直接回复这张卡,写给群众的话。"
OPEN_PRIVATE_CHAT = "我还不能给您发私聊。请先点开我的头像,发一句「你好」,再来点一次。"
NOBODY = "匿名的管理员看不了:不知道该给谁看。请先在群里取消匿名,再点一次。"
UNDELIVERED = "回复没有送到:群众停用了机器人。这条还等着,请另想办法联系。"

#: What a citizen is understood to say who said it by a press.
SAID = {
    "uncontacted": "没有人联系过我。",
    "unhappy": "事情办了,我不满意。",
    "spot_check": "电话里问到,事情还没有解决(承办单位答复的是已经解决)。",
}


def urged(*, department: str, due: str) -> str:
    """Say that the unit was urged."""
    promise = f"\n最迟答复:{due}。" if due else ""
    return f"替您催了,{department}会看到。今天最多催一次。{promise}"


def urged_already(*, again: str) -> str:
    """Say that it was urged already; `again`: the day from which it can be again, empty for tomorrow."""
    when = f"已经替您催过了,{again}可以再催。" if again else "今天已经替您催过了,明天可以再催。"
    return f"{when}\n觉得办得不对,可以找监督员。"


def unit_urged(*, number: str, times: int, due: str | None) -> str:
    """Tell the unit that its citizen urges."""
    return f"{number} 群众催办,第{times}次。" + (f"最迟 {due}。" if due else "")


def ask(*, department: str) -> str:
    """Ask what the supervisors are to hear."""
    return f"您想跟监督员说什么?直接说。\n这些话{department or '承办单位'}看不到。"


def heard(*, due: str) -> str:
    """Say until when a supervisor answers."""
    return f"监督员收到了,最迟{due}答复您。"


def answered(*, text: str, title: str, number: str) -> str:
    """Write a supervisor's answer, as the citizen reads it."""
    return f"监督员答复您:\n\n{text}\n\n您反映的是:{title}({number})\n直接回复这条,只有监督员看得到。"


def card(*, number: str, department: str, alias: str, text: str, files: str, due: str) -> str:
    """Put what a citizen says before the supervisors (【群众反映】)."""
    lines = [f"【群众反映】{number} {department}".rstrip(), f"{alias}说:{text}" if text else f"{alias}发来{files}。"]
    lines += [f"附件:{files},见下" if text and files else "", f"最迟 {due}答复群众。" if due else "", UNSEEN]
    return "\n".join(line for line in lines if line)


def rated_card(*, number: str, department: str, alias: str, text: str, verdict: str) -> str:
    """Put what a citizen says after the rating before the supervisors (【群众评价】)."""
    lines = [f"【群众评价】{number} {department}".rstrip(), verdict, f"{alias}说:{text}" if text else "", UNSEEN]
    return "\n".join(line for line in lines if line)


def forced_card(*, number: str, department: str) -> str:
    """Put it before the supervisors that somebody was made to take it back (【核查】)."""
    return f"【核查】{number} {department}".rstrip() + "\n群众说,有人让他改评价或撤诉求。\n" + UNSEEN


def hidden_card(*, number: str, department: str, due: str) -> str:
    """Put a confidential one before them: nothing but that there is one."""
    lines = [f"【群众反映】{number} {department}".rstrip(), HIDDEN, f"最迟 {due}答复群众。" if due else "", UNSEEN]
    return "\n".join(line for line in lines if line)


def settled(*, state: str, name: str, answer: str) -> str:
    """Write what became of it, below what was said."""
    who = name or SUPERVISOR
    done = {
        "answered": f"{who}已回复:{answer}" if answer else f"{who}已回复。",
        "reopened": f"{who}已要求重办。",
        "recorded": f"{who}已记录在案。",
    }
    return done.get(state, "")


def checked(*, name: str, number: str) -> str:
    """Say in the supervisors' group that it was drawn to be asked about."""
    return f"{number} {name or SUPERVISOR}列入了今天的抽查回访。"


def settled_already(*, number: str, name: str) -> str:
    """Tell who came second who was first."""
    return f"{number}这条已经由{name or '别的监督员'}办了,请看卡片。"


def held(*, seconds: float) -> str:
    """Say how long a reply waits."""
    return f"{seconds:g} 秒后发给群众。"


def private(*, number: str, alias: str, text: str) -> str:
    """Show one supervisor in private what is confidential."""
    return f"{number}\n{alias}说:{text}\n{ONLY_TO_CHECK}"


def phone(*, number: str, alias: str, phone: str) -> str:
    """Show one supervisor the number, in private."""
    return f"{number}\n{alias}的电话:{phone}\n只供核查这件事,不要转发。这次查看已记录。"


def undelivered(*, number: str) -> str:
    """Tell the supervisors that their answer did not arrive."""
    return f"{number} {UNDELIVERED}"


def lifted(*, number: str, department: str, times: int, due: str, leader: str) -> str:
    """Tell the supervisors that an appeal is their own matter from now on (提级督办), and whom to call for it."""
    promise = f"\n最迟 {due}答复。" if due else ""
    return f"【提级督办】{number} {department}\n重办{times}次,群众还说没解决。请监督员亲自盯,找{leader}过问。{promise}"
