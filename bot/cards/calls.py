"""请打电话给我 as words and buttons: the citizen's promise, and the card of who is to call."""

from bot.cards import care
from bot.cards.card import Card, Rows, data
from bot.services import secrecy
from bot.texts import triage as group_words
from bot.texts.citizen import callback as words
from storage.domain.city import City
from storage.domain.masking import mask, mask_phone
from storage.repositories.callbacks import CallState
from storage.tables import Appeal, CallbackRequest, Draft


def call_row(appeal_id: int = 0) -> list[tuple[str, str]]:
    """Offer a call, where nothing else leads on."""
    return [(words.CALL_ME, data("c.callme", appeal_id))]


def ask_number() -> Card:
    """Ask which number to call."""
    return Card(words.ASK_NUMBER, [[(words.SEND_CARD, data("c.callcard", 0)), (words.NO_CALL, data("c.nocall", 0))]])


def ask_time(wish: CallbackRequest) -> Card:
    """Ask when to call."""
    return Card(words.ASK_TIME, [[(words.NO_CALL, data("c.nocall", wish.id))]])


def promised(wish: CallbackRequest, city: City) -> Card:
    """Promise the call."""
    text = words.wanted(time=wish.wish or city.callback.time, number=city.callback.number)
    later = (words.ANOTHER_TIME, data("c.calltime", wish.id))
    return Card(text, [[later, (words.NO_CALL, data("c.nocall", wish.id))]])


def not_reached(wish: CallbackRequest) -> Card:
    """Tell that nobody answered."""
    return Card(words.NO_ANSWER, [call_row(wish.appeal_id or 0)])


def for_office(wish: CallbackRequest, *, appeal: Appeal | None, draft: Draft | None, name: str) -> Card:
    """Tell who is to call, about what, and what became of it; `name`: who settled it."""
    about, text = "", ""
    if appeal is not None:
        about = appeal.number if appeal.confidential else f"{appeal.number} {mask(appeal.title)}"
    elif draft is not None:
        text = group_words.NOT_SHOWN if secrecy.is_confidential(draft) else care.told_in(draft)
    stands = group_words.CALL_STATES.get(wish.state, "").format(name=name)
    words_of_card = group_words.call_wanted(
        about=about,
        alias=wish.alias,
        text=text,
        phone=mask_phone(wish.phone),
        wish=mask(wish.wish or ""),
        stands=stands,
    )
    return Card(words_of_card, _rows(wish))


def _rows(wish: CallbackRequest) -> Rows:
    if wish.state != CallState.OPEN:
        return ()
    done = [(group_words.CALLED, data("o.called", wish.id)), (group_words.NOT_REACHED, data("o.nocall", wish.id))]
    return [[(group_words.SEE_PHONE, data("o.callphone", wish.id))], done]
