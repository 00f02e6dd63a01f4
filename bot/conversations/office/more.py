"""The list of rarer acts (更多), and one of them: seeing the citizen's number in private (看联系方式)."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import composing
from bot.cards.card import Card, send
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import INSIDE, acting, in_place, toast, under_card
from bot.conversations.office.numbers import is_nobody
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import claiming, classing, concluding, relaying
from bot.texts import office as words
from bot.texts.dates import day
from storage.domain.errors import InputRefused
from storage.domain.lifecycle import OPEN
from storage.tables import Appeal

router = Router(name="office.more")


@router.callback_query(Pressed("o.more"))
async def more_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Offer what else works."""
    appeal, _ = await acting(turn, press.number)
    if appeal.status in OPEN:
        card = composing.more(appeal.id, number=appeal.number, concludable=appeal.reopens >= concluding.REOPENS)
    else:
        card = _after(turn, appeal)
    return [await under_card(turn, appeal, card, role=INSIDE)]


def _after(turn: Turn, appeal: Appeal) -> Card:
    """Offer what is left once it is answered; raise TransitionRefused or InputRefused where nothing is."""
    relaying.relayable(appeal, turn.now)
    until = day(appeal.closed_at + relaying.RELAYED_AFTER_CLOSING, turn.calendar) if appeal.closed_at else ""
    return composing.more_after(appeal.id, number=appeal.number, until=until, classes=bool(classing.choosable(appeal)))


@router.callback_query(Pressed("o.back"))
async def back_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Close the list."""
    await acting(turn, press.number)
    return in_place(query, turn, Card(words.STOPPED))


@router.callback_query(Pressed("o.phone"))
async def phone_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask what the number is wanted for."""
    appeal, _ = await acting(turn, press.number)
    if appeal.phone is None or is_nobody(turn):
        return [toast(query, words.NOBODY_SEES_IT if is_nobody(turn) else words.NO_PHONE, alert=True)]
    card = composing.why_phone(appeal.id, user_id=turn.person.user_id)
    return in_place(query, turn, card) if press.argument else [await under_card(turn, appeal, card)]


@router.callback_query(Pressed("o.show"))
async def phone_reason_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send the number to this one person, in private, and keep that they saw it."""
    appeal, staff = await acting(turn, press.number)
    if appeal.phone is None or is_nobody(turn):
        return [toast(query, words.NOBODY_SEES_IT if is_nobody(turn) else words.NO_PHONE, alert=True)]
    if press.argument not in words.PHONE_REASONS:
        raise InputRefused("no_such_reason")
    if turn.person.unreachable_since is not None:
        return [toast(query, words.OPEN_PRIVATE_CHAT, alert=True)]
    await claiming.note_phone_seen(turn.session, appeal=appeal, staff=staff, reason=press.argument, now=turn.now)
    reason = words.PHONE_REASONS[press.argument]
    text = words.phone(alias=words.alias(appeal.alias), phone=appeal.phone, reason=reason)
    private = send(turn.person.user_id, Card(text), protect=True)
    return [
        Say(private, appeal=appeal.id, role="phone"),
        *in_place(query, turn, Card(words.PHONE_SENT_AND_LOGGED)),
        toast(query, words.PHONE_SENT),
    ]
