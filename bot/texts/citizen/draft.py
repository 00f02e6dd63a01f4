"""The form in the chat: what, where, how to reach you, and the summary."""

from collections.abc import Sequence

NEXT = "下一步"
CANCEL = "取消"
BACK = "上一步"
SKIP = "跳过"
JUST_THIS = "就这些,下一步"
SEND_LOCATION = "发送我的位置"
PICK_TOWN = "选镇街"
CANNOT_SAY = "说不清,我打字"
LEAVE_PHONE = "留手机号"
NO_PHONE = "不留,在这里联系"
SEND_CARD = "发送我的号码"
NO_PHONE_AFTER_ALL = "不留了"
SUBMIT = "提交"
CHANGE_TEXT = "改事情"
CHANGE_PLACE = "改地点"
CHANGE_UNIT = "改单位"
I_KNOW_THE_UNIT = "我知道归谁管"
CHANGE_KIND = "改类别"
CHANGE_CONTACT = "改联系"
UNIT_UNKNOWN = "不知道"

ASK_WHAT = "请说说是什么事。\n一句话也行,发语音、拍照片也行。一次说不完,可以接着发。"
ASK_WHAT_ANEW = "请把这件事重新说一遍,我换掉原来写的。"
NOTED = "记下了。还有要说的接着发,说完点「下一步」。"
VOICE_NOTED = "语音收到了,会有人听。\n方便的话,再打几个字说是什么事;不方便就不用打。"
ASK_PLACE = "这件事在什么地方?知道在哪儿,才好派对人。"
ASK_TOWN = "在哪个镇、哪个街道?点一个,也可以直接打字。"
ASK_VAGUE = "说旁边有什么就行,比如「村小学东门对面」。"
HOW_TO_PIN = "点输入框旁边的回形针或者定位图标,把位置发给我就行。也可以直接打字。"
ASK_CONTACT = (
    "要不要留个电话,办事的人好找您?\n电话只给经办的那一位看,不发到群里,谁看过都有记录。\n不留也照样办,就在这里答复您。"
)
ASK_PHONE = "请把号码打出来,或者把您自己的名片发给我。"
HOW_TO_CARD = "点输入框旁边的回形针,选「联系人」,选您自己,发给我就行。找不到的话,直接打号码。"
NOT_YOUR_CARD = "这个号码不是您自己发来的名片。\n请点「发送我的号码」,或者直接打出号码。"
NO_PHONE_READ = "这里没看出电话号码。请只打一个号码,比如 138 开头的 11 位;不想留就点「不留了」。"
ASK_UNIT = "您觉得该归哪个单位管?点一个,或者打出单位的名字,我来找。"
NO_UNIT_FOUND = "没找到叫这个名字的单位。换个说法再打一次,或者点「不知道」,由工作人员来定。"
UNITS_FOUND = "是下面哪一个?"
ASK_KIND = "这件事算哪一类?"
PLACE_UNSAID = "没说"
NO_WORDS = "没有打字,看附件"
CONTACT_HERE = "不留,在这里联系"
CANCELLED = "好,这次就不办了,刚才说的我删掉了。\n以后有事,直接发消息给我。"
SPLIT = "分开办"
ONE_MATTER = "就是一件事"
NEXT_MATTER = "刚才那一件交上去了,还有一件等您看:"
CANCELLED_ONE = "好,这一件不办了。还有一件等您看:"
FILED_ALREADY = "这一件刚才已经交上去了。"


def noted_with(*, files: str) -> str:
    """Acknowledge words and what came with them."""
    return f"记下了,{files}也收到了。还有要说的接着发,说完点「下一步」。"


def files_noted(*, files: str) -> str:
    """Acknowledge what came without a word."""
    return f"{files}收到了。再说一句是怎么回事。"


def photos_noted(*, n: int) -> str:
    """Acknowledge pictures that came without a word."""
    return f"照片收到了,{n}张。再说一句是怎么回事。"


def received(*, files: str) -> str:
    """Acknowledge something that came while something else was asked."""
    return f"{files}收到了。"


def too_short(*, text: str) -> str:
    """Ask for another sentence."""
    return f"您说的是「{text}」。它怎么了?再说一句,好让人知道派谁去。"


def ask_split(*, matters: Sequence[str]) -> str:
    """Show the matters one by one, and ask whether each is to go to its own unit."""
    listed = "\n".join(f"{at}. {matter}" for at, matter in enumerate(matters, start=1))
    return f"您好像说了{len(matters)}件事:\n{listed}\n分开交给各自的单位,办得快些。都在这里答复您。"


def ask_village(*, town: str) -> str:
    """Ask for the village."""
    return f"在{town}的哪个村、哪个社区?"


def that_is(*, place: str) -> str:
    """Label the button with the place that the text already names."""
    return f"就是{place}"


def phone_kept(*, phone: str) -> str:
    """Confirm a telephone number; `phone` is masked."""
    return f"记下了:{phone}。只给经办的人看。"


def summary(
    *,
    text: str,
    place: str,
    wish: str | None,
    files: str,
    kind: str,
    department: str,
    contact: str,
    guessed: bool,
    secrecy: str = "",
) -> str:
    """Show the whole draft; an empty `department`: nobody is sure; an empty `secrecy`: it is no question."""
    unit = "还说不准,由工作人员来定"
    if department:
        unit = f"{department}(我估计的,错了可以改)" if guessed else department
    lines = [f"事情:{text or NO_WORDS}", f"地点:{place}"]
    lines += [f"希望:{wish}"] if wish else []
    lines += [f"附件:{files}"] if files else []
    lines += [f"类别:{kind}", f"交给:{unit}", f"联系:{contact}"]
    lines += [f"保密:{secrecy}"] if secrecy else []
    return "请看看写得对不对:\n\n" + "\n".join(lines) + "\n\n对的话,点「提交」。"


def summary_sent(*, text: str) -> str:
    """Leave the submitted summary standing, without its question and its buttons."""
    body = text.split("\n\n", 1)[-1].rsplit("\n\n", 1)[0]
    return f"您交上去的:\n\n{body}"
