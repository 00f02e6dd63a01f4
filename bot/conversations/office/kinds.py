"""Staff set the kind of their appeal right (更多 → 改类别): shorter at once, longer with a supervisor and a reason."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import limits as cards
from bot.cards import transfers
from bot.cards.card import Card, data
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import INSIDE, LONGEST, AtWork, acting, answer_to, in_place, under
from bot.conversations.office.inside import AnswersInside, without_buttons
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import changing_limits
from bot.services.changing_limits import Part
from bot.services.moving import Actor, workable
from bot.texts import limits as words
from bot.texts.fitting import units
from bot.texts.office import CANCEL
from storage.domain.masking import clean_text, mask
from storage.domain.statuses import Event

router = Router(name="office.kinds")
_WHY = "office.longer"


@router.callback_query(Pressed("o.kind"))
async def change_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Offer the other kinds in the place of the list of rarer acts."""
    appeal, _ = await acting(turn, press.number)
    workable(appeal, Event.KIND_CHANGED)
    rows = cards.options(appeal, Part.KIND, turn.city, verb="o.kindto")
    quit_row = [(CANCEL, data("o.quit", appeal.id, str(turn.person.user_id)))]
    return in_place(query, turn, Card(words.WHICH_KIND, [*rows, quit_row]))


@router.callback_query(Pressed("o.kindto"))
async def kind_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Change it, and the citizen hears where the date does; where that takes a supervisor, ask why."""
    appeal, staff = await acting(turn, press.number)
    await changing_limits.changeable(turn.session, appeal, Part.KIND, press.argument)
    if changing_limits.is_longer(appeal, Part.KIND, press.argument, turn.city):
        turn.talk.ask(_WHY, appeal=appeal.id, to=press.argument)
        return in_place(query, turn, transfers.write(appeal.id, words.WHY, user_id=turn.person.user_id))
    await changing_limits.change(
        turn.session,
        appeal=appeal,
        part=Part.KIND,
        to=press.argument,
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
    )
    told = words.changed(number=appeal.number, what=cards.NAMES[Part.KIND][press.argument])
    return in_place(query, turn, Card(told))


@router.message(AtWork(), Says(), AnswersInside(_WHY))
async def reason_written(message: Message, turn: Turn) -> list[Spoken]:
    """Put the wish before the supervisors."""
    appeal, staff = await acting(turn, int(turn.talk.memo["appeal"]))
    reason, to = clean_text(message.text or "").strip(), str(turn.talk.memo["to"])
    if units(reason) > LONGEST // 3:
        return [answer_to(message, words.TOO_LONG)]
    await changing_limits.want_longer(
        turn.session,
        appeal=appeal,
        part=Part.KIND,
        to=to,
        reason=mask(reason),
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
    )
    turn.talk.end()
    told = Card(words.asked(number=appeal.number, what=cards.NAMES[Part.KIND][to]))
    return [under(message, told, appeal=appeal, role=INSIDE), *without_buttons(message, turn, words.WHY)]
