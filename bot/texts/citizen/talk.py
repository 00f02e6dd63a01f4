"""Small talk, the menu, and the words for what is not understood."""

NEW = "提诉求"
MINE = "我的诉求"

MENU = "有什么事,直接说。也可以点下面:"
GREETED = "您好,我在。您遇到什么事了?直接说就行。"
THANKED = "不客气。有事直接说就行。"
ONLY_STICKER = "收到了。您是有事要反映吗?说一句是什么事就行。"
NOT_UNDERSTOOD_LINES = "这句我没听懂。\n您要是有事要反映,直接说是什么事、在哪儿。"
ONLY_TEXT = "我现在只看得了文字,这个还收不了。\n请打几个字,说是什么事、在哪儿,我就接着办。"
CAPTION_READ = "您写的字我看到了,图和文件现在还收不了。"
STALE = "这个按钮过期了,最新的在这里:"
EDIT_NOT_TAKEN = "您改的那句,我这里还是原来的样子。\n要更正的话,请再发一条说清楚。"


def not_understood(*, hotline: str) -> str:
    """Say that a sentence was not understood, and what one can do."""
    return f"{NOT_UNDERSTOOD_LINES}\n想找人说,请打{hotline}。"
