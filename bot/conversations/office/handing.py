"""A claimed appeal goes to a colleague (转给同事): one of the unit's staff, by a button."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import transfers as cards
from bot.cards.card import Card
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import acting, in_place, toast
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import handing
from bot.texts import transfers as words
from storage.domain.errors import InputRefused
from storage.repositories import offices

router = Router(name="office.handing")


@router.callback_query(Pressed("o.hand"))
async def hand_over_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask to whom."""
    appeal, _ = await acting(turn, press.number)
    others = await handing.colleagues_for(turn.session, appeal)
    if not others:
        return [toast(query, words.NO_COLLEAGUES, alert=True)]
    claimant = await offices.staff(turn.session, appeal.claimant_id) if appeal.claimant_id else None
    card = cards.colleagues(
        appeal.id, number=appeal.number, claimant=claimant, others=others, user_id=turn.person.user_id
    )
    return in_place(query, turn, card)


@router.callback_query(Pressed("o.handto"))
async def colleague_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Let the colleague go on; the card shows who it is."""
    appeal, staff = await acting(turn, press.number)
    to, _, had = press.argument.partition(".")
    if not (to.isascii() and to.isdigit() and had.isascii() and had.isdigit()):
        raise InputRefused("no_such_colleague")
    old, new = await handing.hand_over(
        turn.session, appeal=appeal, staff=staff, to=int(to), claimant=int(had), now=turn.now
    )
    return in_place(query, turn, Card(words.handed_over(number=appeal.number, old=old, new=new)))
