"""The first meeting as words and buttons."""

from bot.cards.card import Card, Rows, data
from bot.texts.citizen import consent as words
from storage.domain.city import City

_AGREE = "c.agree"
_REFUSE = "c.refuse"
_DETAILS = "c.privacy"


def welcome(city: City) -> Card:
    """Greet a stranger and ask for consent."""
    rows: Rows = [
        [(words.AGREE_AND_START, data(_AGREE, 0))],
        [(words.DETAILS, data(_DETAILS, 0)), (words.REFUSE, data(_REFUSE, 0))],
    ]
    return Card(words.welcome(city=city.name, years=city.privacy_years, hotline=city.hotline), rows)


def kept(city: City) -> Card:
    """Ask for consent to what was already said."""
    return Card(words.kept(city=city.name), [_three()])


def kept_more() -> Card:
    """Acknowledge one more message before the consent."""
    return Card(words.KEPT_MORE, [_three()])


def details(city: City, *, asking: bool) -> Card:
    """Explain in full; with the question where it is still open."""
    text = words.privacy(city=city.name, years=city.privacy_years, hotline=city.hotline, hall=city.hall)
    return Card(text, [[(words.AGREE, data(_AGREE, 0)), (words.REFUSE, data(_REFUSE, 0))]] if asking else ())


def abroad(*, lead: str = "") -> Card:
    """Ask about servers abroad, apart."""
    rows: Rows = [[(words.AGREE, data("c.abroad", 0)), (words.REFUSE_ABROAD, data("c.abroad_no", 0))]]
    return Card(f"{lead}\n\n{words.ABROAD}" if lead else words.ABROAD, rows)


def refused(city: City) -> Card:
    """Say goodbye, with the other ways."""
    return Card(words.refused(hotline=city.hotline, hall=city.hall))


def _three() -> list[tuple[str, str]]:
    return [(words.AGREE, data(_AGREE, 0)), (words.DETAILS, data(_DETAILS, 0)), (words.REFUSE, data(_REFUSE, 0))]
