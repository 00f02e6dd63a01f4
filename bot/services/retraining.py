"""The classifier is trained anew: one training at a time, and a person decides whether its model is used."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor
from storage.domain.errors import InputRefused, NotFound
from storage.repositories import events, trainings
from storage.tables import AppealEvent, Blob, Training

ASKED: Final = "training_asked"
TRAINED: Final = "model_trained"
NOT_TRAINED: Final = "model_not_trained"
PROMOTED: Final = "model_promoted"
ROLLED_BACK: Final = "model_rolled_back"
UNUSABLE: Final = "model_unusable"
CHANGES: Final = (PROMOTED, ROLLED_BACK)
#: A command that said nothing for so long does not live any more.
SILENT: Final = timedelta(minutes=15)


class State(StrEnum):
    """Where a training stands: the first three are under way; `refused`: its model is worse and may not be used."""

    WANTED = "wanted"
    RUNNING = "running"
    STOPPING = "stopping"
    READY = "ready"
    REFUSED = "refused"
    DISMISSED = "dismissed"
    STOPPED = "stopped"
    FAILED = "failed"


UNDER_WAY: Final = (State.WANTED, State.RUNNING, State.STOPPING)
#: Those that made a model.
MADE: Final = (State.READY, State.REFUSED, State.DISMISSED)


async def want(
    session: AsyncSession, *, person_id: int | None, now: datetime, by_bot: bool = True, nightly: bool = False
) -> Training:
    """Let a training begin; raise InputRefused("training_runs") while another is under way."""
    if await trainings.under_way(session) is not None:
        raise InputRefused("training_runs")
    training = Training(
        state=State.WANTED if by_bot else State.RUNNING,
        under_way=True,
        by_bot=by_bot,
        person_id=person_id,
        asked_at=now,
        beat_at=now,
        against=await in_use(session),
        report={"nightly": True} if nightly else {},
    )
    session.add(training)
    await session.flush()
    training.version = f"{now:%Y%m%d}-{training.id}"
    actor = Actor.ADMINISTRATOR if person_id or not by_bot else Actor.SYSTEM
    await events.record(session, ASKED, at=now, actor=actor, person_id=person_id, training=training.id)
    return training


async def begin(session: AsyncSession, *, now: datetime) -> Training | None:
    """Return the training that the bot is to run, which runs from now on; None where none waits."""
    training = await trainings.under_way(session)
    if training is None or not training.by_bot or training.state != State.WANTED:
        return None
    training.state, training.beat_at, training.against = State.RUNNING, now, await in_use(session)
    return training


async def beat(session: AsyncSession, training_id: int, *, now: datetime) -> bool:
    """Note that a training lives; False where it is to stop."""
    training = await _training(session, training_id)
    if training.state != State.RUNNING:
        return False
    training.beat_at = now
    return True


async def stop(session: AsyncSession, training_id: int) -> Training:
    """Ask a training to stop; raise InputRefused("training_over") where it ended before."""
    training = await _training(session, training_id)
    if not training.under_way:
        raise InputRefused("training_over")
    training.state = State.STOPPING
    return training


async def finish(
    session: AsyncSession, training_id: int, *, report: Mapping[str, Any], picture: bytes | None, now: datetime
) -> Training:
    """Keep the report of a training that made a model; a model that is worse may not be used.

    A training that was given up meanwhile stays so: its model is used by nobody.
    """
    training = await _training(session, training_id)
    if training.state != State.RUNNING:
        return await _end(session, training, State.STOPPED, now=now)
    if picture is not None:
        kept = Blob(name=f"{training.version}.png", content=picture, at=now)
        session.add(kept)
        await session.flush()
        training.picture_id = kept.id
    training.report = {**training.report, **report}
    return await _end(session, training, State.REFUSED if report["falls"] else State.READY, now=now)


async def fail(session: AsyncSession, training_id: int, *, reason: str, now: datetime) -> Training:
    """Give a training up; one that was asked to stop has stopped. The model in use stays."""
    training = await _training(session, training_id)
    stopped = training.state == State.STOPPING
    training.report = {**training.report, "reason": "" if stopped else reason}
    return await _end(session, training, State.STOPPED if stopped else State.FAILED, now=now)


async def give_up_the_dead(session: AsyncSession, *, started: bool, now: datetime) -> int:
    """Give up what nobody runs any more: a command's that fell silent, and with `started` the bot's own."""
    training = await trainings.under_way(session)
    if training is None or training.state == State.WANTED:
        return 0
    if (started and training.by_bot) or is_silent(training, now=now):
        await fail(session, training.id, reason="killed", now=now)
        return 1
    return 0


def is_silent(training: Training, *, now: datetime) -> bool:
    """Whether a command that trains has said nothing for so long that it lives no more."""
    return not training.by_bot and now - training.beat_at > SILENT


async def _end(session: AsyncSession, training: Training, state: State, *, now: datetime) -> Training:
    if training.ended_at is None:
        training.state, training.under_way, training.ended_at = state, None, now
        what = TRAINED if state in MADE else NOT_TRAINED
        await events.record(session, what, at=now, actor=Actor.SYSTEM, training=training.id, state=state)
    return training


async def promote(
    session: AsyncSession, training_id: int, *, actor: Actor, person_id: int | None, now: datetime
) -> Training:
    """Use the model of a training from now on; saying it again changes nothing.

    Raises InputRefused: "model_worse" where it fell too far, "model_compared" where it was compared with a model that
    is not in use any more, "training_over" where it made no model.
    """
    training = await _training(session, training_id)
    current = await in_use(session)
    if training.version == current:
        return training
    if training.state == State.REFUSED:
        raise InputRefused("model_worse")
    if training.state not in MADE:
        raise InputRefused("training_over")
    if training.against != current:
        raise InputRefused("model_compared")
    training.state = State.READY
    await _change(session, PROMOTED, training.version, current, actor=actor, person_id=person_id, now=now)
    return training


async def roll_back(session: AsyncSession, *, actor: Actor, person_id: int | None, now: datetime) -> AppealEvent:
    """Use the model again that was in use before the last promotion: one step, and no further.

    Raises InputRefused("no_step_back") where there is none.
    """
    version = await step_back(session)
    if version is None:
        raise InputRefused("no_step_back")
    current = await in_use(session)
    return await _change(session, ROLLED_BACK, version, current, actor=actor, person_id=person_id, now=now)


async def step_back(session: AsyncSession) -> str | None:
    """Return the version that was in use before the last promotion (empty: the first); None after a step back."""
    last = await trainings.last_event(session, CHANGES)
    return str(last.details["old"]) if last is not None and last.what == PROMOTED else None


async def _change(
    session: AsyncSession, what: str, version: str, old: str, *, actor: Actor, person_id: int | None, now: datetime
) -> AppealEvent:
    """Record which model is used from now on, with the figures it was promoted by; the running bot follows."""
    made = await trainings.of_version(session, version) if version else None
    figures = {name: made.report.get(name) for name in ("n", "accuracy", "sure", "coverage")} if made else {}
    return await events.record(
        session, what, at=now, actor=actor, person_id=person_id, version=version, old=old, figures=figures
    )


async def dismiss(session: AsyncSession, training_id: int) -> Training:
    """Leave the model of a training unused; raise InputRefused("model_in_use") where it is used."""
    training = await _training(session, training_id)
    if training.version == await in_use(session):
        raise InputRefused("model_in_use")
    if training.state == State.READY:
        training.state = State.DISMISSED
    return training


async def in_use(session: AsyncSession) -> str:
    """Return the version that is to be used; empty: the model that came first."""
    last = await trainings.last_event(session, CHANGES)
    return str(last.details["version"]) if last is not None else ""


async def found(session: AsyncSession, training_id: int) -> Training:
    """Return a training that made a model; raise NotFound."""
    training = await session.get(Training, training_id)
    if training is None or training.state not in MADE:
        raise NotFound(f"no training {training_id}")
    return training


async def _training(session: AsyncSession, training_id: int) -> Training:
    training = await trainings.locked(session, training_id)
    if training is None:
        raise NotFound(f"no training {training_id}")
    return training
