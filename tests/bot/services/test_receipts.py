"""What became of a call changes the appeal: only what arrived was said, only an answer that arrived is given."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import answering, receipts, relaying
from bot.services.attaching import brought_key
from storage.domain.errors import InputRefused, NotFound, TransitionRefused
from storage.domain.statuses import Status
from storage.engine import Database
from storage.repositories import events, outbox
from tests.support.handling import GROUP, at_the_unit


async def told(session: AsyncSession, appeal_id: int) -> list[str]:
    return [each.what for each in await events.of_appeal(session, appeal_id)]


async def test_the_first_words_that_arrive_are_the_contact(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        for text in ("一", "二"):
            await receipts.arrived(session, await scene.row(await scene.said(text)), now=now)
        assert await told(session, scene.appeal.id) == ["relayed", "contact", "relayed"]
        assert (scene.appeal.contacted_at, scene.appeal.last_reply) == (now, "delivered")


async def test_a_call_without_words_changes_nothing(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now)
        await receipts.arrived(session, await scene.row(None), now=now)
        await receipts.not_arrived(session, await scene.row(None), unreachable=False, reason="no", now=now)
        assert await told(session, scene.appeal.id) == []


async def test_what_arrived_twice_counts_once(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        row = await scene.row(await scene.said(direction="answer", state="queued"))
        await receipts.arrived(session, row, now=now)
        await receipts.arrived(session, row, now=now + timedelta(minutes=1))
        await receipts.not_arrived(session, row, unreachable=True, reason="late", now=now)
        assert await told(session, scene.appeal.id) == ["delivered"]
        assert (scene.appeal.status, scene.appeal.answered_at) == (Status.ANSWERED, now)


async def test_an_answer_to_a_withdrawn_appeal_gives_no_answer(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.WITHDRAWN)
        await receipts.arrived(session, await scene.row(await scene.said(direction="answer", state="queued")), now=now)
        assert (scene.appeal.status, scene.appeal.answered_at) == (Status.WITHDRAWN, None)


async def test_first_words_that_arrive_after_the_withdrawal_are_no_contact(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.WITHDRAWN)
        await receipts.arrived(session, await scene.row(await scene.said()), now=now)
        assert await told(session, scene.appeal.id) == ["relayed"]
        assert scene.appeal.contacted_at is None


async def test_an_answer_of_a_former_unit_is_not_the_answer(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        late = await scene.said(direction="answer", state="queued", department="education")
        await receipts.arrived(session, await scene.row(late), now=now)
        assert (scene.appeal.status, scene.appeal.answered_at) == (Status.IN_PROGRESS, None)


async def test_what_did_not_arrive_is_said_once(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        row = await scene.row(await scene.said())
        for _ in range(2):
            await receipts.not_arrived(session, row, unreachable=True, reason="blocked", now=now)
        assert await told(session, scene.appeal.id) == ["not_delivered"]
        assert (scene.appeal.last_reply, scene.citizen.unreachable_since) == ("undelivered", now)


async def test_after_the_answer_an_undelivered_word_leaves_the_status(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.ANSWERED)
        row = await scene.row(await scene.said())
        await receipts.not_arrived(session, row, unreachable=False, reason="400", now=now)
        assert (scene.appeal.status, scene.citizen.unreachable_since) == (Status.ANSWERED, None)
        assert await told(session, scene.appeal.id) == ["not_delivered"]


async def test_a_group_that_cannot_be_written_to_is_closed_once(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now)
        row = await scene.row(None, chat=GROUP)
        for _ in range(2):
            await receipts.not_arrived(session, row, unreachable=True, reason="kicked", now=now)
        assert not scene.office.active


async def test_a_group_without_reactions_stays_an_office(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now)
        row = await scene.row(None, chat=GROUP)
        row.method = "setMessageReaction"
        await receipts.not_arrived(session, row, unreachable=True, reason="not enough rights", now=now)
        assert scene.office.active


async def test_a_stranger_who_cannot_be_reached_is_no_error(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now)
        await receipts.not_arrived(session, await scene.row(None, chat=777), unreachable=True, reason="403", now=now)
        assert scene.citizen.unreachable_since is None


async def test_a_call_that_was_tried_before_cannot_be_taken_back(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        words = await scene.said()
        key = relaying.row_key(words.id)
        await scene.row(words, state="queued", key=key, send_after=now, tries=1)
        assert not await relaying.take_back(session, words, now=now)


async def test_words_taken_back_once_are_back(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        words = await scene.said()
        row = await scene.row(words, state="queued", key=relaying.row_key(words.id), send_after=now)
        for _ in range(2):
            assert await relaying.take_back(session, words, now=now)
        kept = await outbox.get(session, row.id)
        assert kept is not None
        assert kept.state == "cancelled"
        assert not await relaying.let_go(session, words)


async def test_words_belong_to_their_appeal(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now)
        words = await scene.said()
        with pytest.raises(NotFound):
            await relaying.utterance(session, words.id, scene.appeal.id + 1)


@pytest.mark.parametrize("days", [29, 31])
async def test_relays_end_thirty_days_after_the_closing(database: Database, now: datetime, days: int):
    async with database.writing() as session:
        closed = now - timedelta(days=days)
        scene = await at_the_unit(session, now, status=Status.CLOSED, closed_at=closed)
        if days <= 30:
            relaying.relayable(scene.appeal, now)
            return
        with pytest.raises(InputRefused, match="closed_too_long"):
            relaying.relayable(scene.appeal, now)


async def test_a_second_answer_waits_for_the_first(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        first, second = [await scene.said(text, direction="answer", manner="solved") for text in ("一", "二")]
        await answering.send(session, appeal=scene.appeal, staff=scene.li, words=first, now=now)
        with pytest.raises(TransitionRefused):
            await answering.send(session, appeal=scene.appeal, staff=scene.hu, words=second, now=now)
        with pytest.raises(InputRefused, match="being_answered"):
            await answering.may_answer(
                session,
                appeal=scene.appeal,
                person_id=scene.hu.person_id,
                chat_id=GROUP,
                platform="telegram",
                bot=1,
                now=now,
            )
        assert scene.appeal.answer_pressed_at == now


async def test_a_relay_is_no_answer(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        with pytest.raises(TransitionRefused):
            await answering.send(session, appeal=scene.appeal, staff=scene.li, words=await scene.said(), now=now)
        assert scene.appeal.answer_pressed_at is None


async def test_a_number_that_could_not_be_shown_is_noted_with_who_asked(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        row = await scene.row(None, chat=3003, role="phone")
        await receipts.not_arrived(session, row, unreachable=True, reason="blocked", now=now)
        [event] = await events.of_appeal(session, scene.appeal.id)
        assert (event.what, event.details) == (receipts.PHONE_NOT_SHOWN, {"user_id": 3003})


async def test_a_lost_call_about_no_appeal_is_nobodys_event(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now)
        row = await scene.row(None)
        row.appeal_id, row.role = None, "phone"
        await receipts.not_arrived(session, row, unreachable=True, reason="blocked", now=now)
        assert await told(session, scene.appeal.id) == []
        assert scene.citizen.unreachable_since == now


async def test_words_in_several_calls_are_delivered_with_the_last_of_them(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        words = await scene.said()
        base = relaying.row_key(words.id)
        first = await scene.row(words, key=base)
        second = await scene.row(words, key=f"{base}:1", state="queued")
        await receipts.arrived(session, first, now=now)
        assert (words.state, await told(session, scene.appeal.id)) == ("held", [])
        await outbox.change(session, [second.id], state="sent")
        await receipts.arrived(session, second, now=now)
        assert (words.state, await told(session, scene.appeal.id)) == ("delivered", ["relayed", "contact"])


async def test_an_answer_whose_picture_was_lost_is_not_given(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        words = await scene.said(direction="answer", state="queued")
        base = relaying.row_key(words.id)
        lost = await scene.row(words, key=base, state="failed")
        picture = await scene.row(words, key=f"{base}:1")
        await receipts.not_arrived(session, lost, unreachable=False, reason="400", now=now)
        await receipts.arrived(session, picture, now=now)
        assert (words.state, scene.appeal.status) == ("undelivered", Status.IN_PROGRESS)


async def test_calls_of_an_earlier_sending_do_not_count(database: Database, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        words = await scene.said()
        base = relaying.row_key(words.id)
        for key in (base, f"{base}:1"):
            await scene.row(words, key=key, state="cancelled")
        await receipts.arrived(session, await scene.row(words, key=base), now=now)
        assert words.state == "delivered"


@pytest.mark.parametrize(
    ("arrives", "state", "what"), [(True, "withdrawn", "reply_withdrawn"), (False, "delivered", "reply_stayed")]
)
async def test_a_reply_is_gone_where_the_platform_says_so(
    database: Database, now: datetime, state: str, what: str, *, arrives: bool
):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        words = await scene.said(state="withdrawing")
        row = await scene.row(None, key=f"unsend:{words.id}", role=receipts.UNSENDING)
        for _ in range(2):
            if arrives:
                await receipts.arrived(session, row, now=now)
            else:
                await receipts.not_arrived(session, row, unreachable=False, reason="400", now=now)
        assert (words.state, await told(session, scene.appeal.id)) == (state, [what])


@pytest.mark.parametrize("unreachable", [True, False])
async def test_what_a_citizen_sent_and_a_group_did_not_get_is_an_event(
    database: Database, now: datetime, *, unreachable: bool
):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        words = await scene.said(direction="from_citizen", state="kept")
        row = await scene.row(None, chat=GROUP, key=brought_key(words.id, GROUP))
        await receipts.not_arrived(session, row, unreachable=unreachable, reason="no", now=now)
        found = [each.details.get("utterance_id") for each in await events.of_appeal(session, scene.appeal.id)]
        assert found == ([] if unreachable else [words.id])
