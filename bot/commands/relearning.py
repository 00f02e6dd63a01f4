"""What `lianxin classifier import | retrain | models | promote | rollback` do in the database and the var folder."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import click
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.commands.admitting import in_database, settings_now
from bot.services import drifting, retraining
from bot.services.moving import Actor
from bot.thinking import versions
from bot.thinking.trainee import train_version
from bot.wiring import calendars
from classifier.artefacts import ModelFileError
from classifier.corpus import CorpusError
from classifier.importing import read_labelled
from classifier.labels import labels as fixed_labels
from classifier.reading import Row, TableError
from storage.city.loading import load_city
from storage.domain.city import City
from storage.domain.errors import InputRefused, NotFound
from storage.repositories import labels, trainings
from storage.tables import Training

_FIRST: Final = "the first model"
_LISTED: Final = 20
_BEAT: Final = timedelta(minutes=1)
_WHY: Final = {
    "training_runs": "A training is under way already, here or in the bot. Wait for it, or stop it with /retrain.",
    "training_over": "That training made no model.",
    "model_worse": "That model is worse than the one it was compared with: it may not be used.",
    "model_compared": "That model was compared with one that is not in use any more. Train again.",
    "no_step_back": "There is no step back: nothing was promoted since the last one.",
}


def import_file(path: Path) -> tuple[int, Sequence[str]]:
    """Keep the labels of a file in place of those that a file of that name brought; return how many, and the faults."""
    city = load_city(settings_now().city)
    try:
        table = read_labelled(path)
    except TableError as error:
        raise click.ClickException(f"{path.name}: {error}") from None
    now = Clock()()
    rows = [_kept(path.name, row, now) for row in table.rows if _is_known(row.label, city)]
    faults = [*map(str, table.faults), *(_strange(row) for row in table.rows if not _is_known(row.label, city))]

    async def keep(session: AsyncSession, _city: City) -> int:
        await labels.forget(session, path.name)
        await labels.keep(session, rows)
        return len(rows)

    return in_database(keep), faults


def _is_known(label: str, city: City) -> bool:
    return label in {fixed_labels().nobody, fixed_labels().town} or city.department_named(label) is not None


def _strange(row: Row) -> str:
    return f"row {row.id}: {row.label} is no unit of the city; see `lianxin admin departments`"


def _kept(name: str, row: Row, now: datetime) -> dict[str, object]:
    return {"name": name, "row": str(row.id), "text": row.text, "label": row.label, "kind": row.kind, "at": now}


def forget(name: str) -> int:
    """Forget what a file of that name brought; return how many labels."""
    return in_database(lambda session, _city: labels.forget(session, name))


def files() -> Sequence[tuple[str, int]]:
    """Return the names of the files that labels came from, each with how many."""
    return in_database(lambda session, _city: labels.files(session))


def retrain(watch: Callable[[float], None]) -> Training:
    """Train here and now; return what became of it. The database knows of it, so that the bot begins none."""
    settings = settings_now()
    training = in_database(lambda session, _city: _asked(session))
    beat = _Beat(training.id)

    def on_way(done: float) -> None:
        watch(done)
        beat()

    try:
        learnt = train_version(
            training.version,
            against=training.against,
            base=settings.model,
            var=settings.var,
            city=load_city(settings.city),
            database_url=settings.database_url,
            watch=on_way,
        )
    except BaseException as error:
        _give_up(training.id, error)
        if isinstance(error, ModelFileError | CorpusError | OSError | ValueError):
            raise click.ClickException(str(error)) from None
        raise
    return in_database(
        lambda session, _city: retraining.finish(
            session, training.id, report=learnt.report, picture=learnt.picture, now=Clock()()
        )
    )


async def _asked(session: AsyncSession) -> Training:
    try:
        return await retraining.want(session, person_id=None, now=Clock()(), by_bot=False)
    except InputRefused as refused:
        raise click.ClickException(_WHY[refused.reason]) from None


def _give_up(training_id: int, error: BaseException) -> None:
    """Free the way for the next training; whatever ended this one is raised on."""
    versions.forget_unfinished(settings_now().var)
    reason = str(error) or type(error).__name__
    in_database(lambda session, _city: retraining.fail(session, training_id, reason=reason, now=Clock()()))


class _Beat:
    """Says now and then that the training lives: one that fell silent is given up by the bot."""

    def __init__(self, training_id: int) -> None:
        self._training_id = training_id
        self._said = Clock()()

    def __call__(self) -> None:
        """Write it down, at most once a minute; stop where it is not wanted any more."""
        now = Clock()()
        if now - self._said < _BEAT:
            return
        self._said = now
        if not in_database(lambda session, _city: retraining.beat(session, self._training_id, now=now)):
            raise click.ClickException("The training was stopped.")


def as_table(training: Training) -> str:
    """Return the report card for a terminal: figures, what fell, the units that changed, labels to look at."""
    found = training.report
    lines = [f"{training.version}: {training.state}", "", f"{'':24}{'old':>8}{'new':>8}"]
    lines += [f"{name:24}{found[name][0]:>8.4f}{found[name][1]:>8.4f}" for name in ("accuracy", "sure", "coverage")]
    lines += [f"{'compared on':24}{found['n']:>8} messages that neither has seen"]
    lines += [_held_out(found["held_out"])] if found["held_out"] else []
    lines += [f"{'learnt from':24}{found['learnt']:>8} messages, {found['own']} of them the city's own"]
    lines += [f"{name:24}{found[name]:>8}" for name in ("over_cap", "repeated", "disagreeing")]
    lines += ["", f"{'old':>8}{'new':>8}{'support':>8}  label"]
    lines += [f"{each['old']:>8.3f}{each['new']:>8.3f}{each['support']:>8}  {name}" for name, each in _changed(found)]
    lines += ["", *(_fall(each) for each in found["falls"]), *(_suspect(each) for each in found["suspects"])]
    return "\n".join([*lines, "", _next(training)])


def _held_out(found: dict[str, Any]) -> str:
    return (
        f"{'of its own, held out':24}{found['accuracy'][0]:>8.4f}{found['accuracy'][1]:>8.4f}  on {found['n']} messages"
    )


def _changed(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, each in found["per_label"].items():
        if each["old"] != each["new"]:
            yield name, each


def _fall(fall: dict[str, Any]) -> str:
    what = {"": "accuracy", "sure": "what goes out by itself"}.get(fall["what"], fall["what"])
    return f"fell too far: {what}, from {fall['old']:.3f} to {fall['new']:.3f}"


def _suspect(each: dict[str, Any]) -> str:
    return f"look at {each['source']}: labelled {each['label']}, seems to be {each['said']} ({each['p']:.2f})"


def _next(training: Training) -> str:
    if training.state == retraining.State.READY:
        return f"Use it: `lianxin classifier promote {training.version}`."
    return "It may not be used; the model in use stays."


def models() -> list[str]:
    """Return the versions and the weeks as lines."""

    async def asked(session: AsyncSession, city: City) -> list[str]:
        now, current = Clock()(), await retraining.in_use(session)
        made = await trainings.newest(session, states=retraining.MADE, limit=_LISTED)
        weeks = await drifting.weeks(session, now=now, calendar=calendars(city)(now))
        lines = [f"in use: {current or _FIRST}", *(_version(each) for each in made)]
        return [*lines, *([""] if weeks else []), *(_week(each) for each in weeks)]

    return in_database(asked)


def _version(made: Training) -> str:
    old, new = made.report["accuracy"]
    return f"{made.version:14}{made.state:12}accuracy {old:.4f} before, {new:.4f} now"


def _week(each: drifting.Figures) -> str:
    figures = [
        f"{name} {'-' if (said := getattr(each, name)) is None else f'{said:.3f}'}" for name in drifting.MEASURES
    ]
    return f"{each.begins:%Y-%m-%d}  {each.filed:6} appeals  {'  '.join(figures)}"


def promote(version: str) -> None:
    """Use a version from now on, and at the next start."""

    async def asked(session: AsyncSession, _city: City) -> None:
        made = await trainings.of_version(session, version)
        if made is None:
            raise click.ClickException(f"There is no version {version}. See `lianxin classifier models`.")
        await retraining.promote(session, made.id, actor=Actor.ADMINISTRATOR, person_id=None, now=Clock()())

    _refused_in_words(lambda: in_database(asked))
    versions.switch(settings_now().var, version)


def roll_back() -> str:
    """Take one step back; return the name of the model that is in use now."""

    async def asked(session: AsyncSession, _city: City) -> str:
        changed = await retraining.roll_back(session, actor=Actor.ADMINISTRATOR, person_id=None, now=Clock()())
        return str(changed.details["version"])

    version = str(_refused_in_words(lambda: in_database(asked)))
    versions.switch(settings_now().var, version)
    return version or _FIRST


def _refused_in_words(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except (InputRefused, NotFound) as refused:
        raise click.ClickException(_WHY.get(str(refused), str(refused))) from None
