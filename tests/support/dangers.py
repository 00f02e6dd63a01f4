"""A few words of danger, known for sure: what conversations are tried with, whatever the city's rules say."""

from storage.domain.dangers import Alarm, Danger

_WORDS = {
    "煤气味": Danger.GAS,
    "着火了": Danger.FIRE,
    "电线掉": Danger.WIRES,
    "晕倒了": Danger.INJURY,
    "又打我": Danger.VIOLENCE,
    "不想活": Danger.DESPAIR,
    "走丢了": Danger.MISSING,
    "有人持刀": Danger.CRIME,
    "救命": Danger.GENERAL,
}


def danger_of_words(text: str) -> Alarm | None:
    """Know danger by one word."""
    return next((Alarm(danger, (word,)) for word, danger in _WORDS.items() if word in text), None)
