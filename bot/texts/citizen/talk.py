"""Small talk, the menu, and the words for what is not understood."""

NEW = "提诉求"
MINE = "我的诉求"

MENU = "有什么事,直接说。也可以点下面:"
GREETED = "您好,我在。您遇到什么事了?直接说就行。"
THANKED = "不客气。有事直接说就行。"
ONLY_STICKER = "收到了。您是有事要反映吗?说一句是什么事就行。"
NOT_UNDERSTOOD_LINES = "这句我没听懂。\n您要是有事要反映,直接说是什么事、在哪儿。"
NOT_TAKEN = "这一种我收不了。\n请打字、发语音,或者拍张照片,说是什么事、在哪儿,我就接着办。"
POLL_NOT_TAKEN = "投票我收不了。\n请打字、发语音,或者拍张照片,说是什么事、在哪儿。"
CARD_NOT_TAKEN = "名片我先不收,免得号码传给别人。\n有事请直接说;要留您自己的电话,提交前会问您。"
STALE = "这个按钮过期了,最新的在这里:"
EDIT_NOT_TAKEN = "您改的那句,我这里还是原来的样子。\n要更正的话,请再发一条说清楚。"
TRANSCRIPT_RIGHT = "对"
TRANSCRIPT_WRONG = "不对,我改一下"
TRANSCRIPT_KEPT = "好的,就照这个办。"
ASK_TRANSCRIPT = "请把您说的事打几个字,我换掉听写的那句。"


def not_understood(*, hotline: str) -> str:
    """Say that a sentence was not understood, and what one can do."""
    return f"{NOT_UNDERSTOOD_LINES}\n想找人说,请打{hotline}。"


def edit_passed_on(*, number: str) -> str:
    """Say that the new words went on and the old ones are kept."""
    return f"{number}里那句,已经换成您改的,原来的也留着。"


def things_lost(*, number: str) -> str:
    """Ask for what did not come through once more."""
    return f"{number}:您发来的照片、文件,有的没能转过去。\n请再发一次,直接回复这条就行。"


def transcript(*, text: str) -> str:
    """Read a written-down voice back."""
    return f"您的语音,工作人员听写成这样:\n「{text}」\n对不对?"


def transcript_corrected(*, number: str) -> str:
    """Say that the citizen's own words count."""
    return f"记下了,{number}就照您说的办。"


def not_heard(*, number: str) -> str:
    """Ask for words where nobody could make out the voice."""
    return f"{number}的语音,工作人员没听清。\n请再说一遍,或者打几个字。直接回复这条就行。"
