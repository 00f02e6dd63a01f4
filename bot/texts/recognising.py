"""Recognises greetings and thanks that carry nothing else; in doubt it is an appeal."""

import re
import unicodedata

_GREETINGS = (
    "你好|您好|大家好|早上好|上午好|中午好|下午好|晚上好|早安|晚安|嗨|哈喽|哈罗|hello|hi|hey|"
    "在吗|在么|在不在|有人吗|有人在吗|有人么|请问在吗|请问有人吗|同志|领导|工作人员"
)
_THANKS = (
    "谢谢|谢谢你|谢谢您|谢谢你们|谢谢了|谢了|多谢|感谢|非常感谢|太感谢了|辛苦了|辛苦|麻烦了|麻烦您了|麻烦你了|"
    "收到|知道了|明白|明白了|了解|没事了|再见|拜拜|thanks|thankyou|bye"
)
_AGREEMENTS = "好的|好|行|可以|嗯|嗯嗯|哦|噢|是的|对|对的|没有了|没了|ok|okay"
_PARTICLES = "[啊呀呢吧哈啦了哦嘛]*"
_LONGEST = 16
_GREETING = re.compile(f"(?:(?:{_GREETINGS}){_PARTICLES})+")
_COURTESY = re.compile(f"(?:(?:{_GREETINGS}|{_THANKS}|{_AGREEMENTS}){_PARTICLES})+")
_AGREEMENT = re.compile(f"(?:(?:{_AGREEMENTS}){_PARTICLES})+")


def is_greeting(text: str) -> bool:
    """Whether the text greets and says nothing else: 「你好!」, but not 「你好,路灯坏了」."""
    return _matches(_GREETING, text)


def is_courtesy(text: str) -> bool:
    """Whether the text greets, thanks or agrees and says nothing else: 「好的,谢谢」."""
    return _matches(_COURTESY, text)


def is_agreement(text: str) -> bool:
    """Whether the text agrees, without thanks: somebody who has just been asked something answers with it."""
    return _matches(_AGREEMENT, text)


def is_only_signs(text: str) -> bool:
    """Whether there is no letter and no digit in it: emoji, dots, nothing."""
    return not _bare(text)


def _matches(pattern: re.Pattern[str], text: str) -> bool:
    bare = _bare(text)
    return len(bare) <= _LONGEST and pattern.fullmatch(bare) is not None


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(each for each in plain if unicodedata.category(each)[0] in "LN")
