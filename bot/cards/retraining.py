"""A training and its report card, the picture, the messages in dispute, the versions: put together from rows."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiogram.methods import SendPhoto

from bot.cards.card import Card, data
from bot.delivery.say import Say
from bot.services.retraining import State
from bot.texts import retraining as words
from storage.tables import Training

_LEAST: Final = 1e-9


def key(training_id: int) -> str:
    """Return what the message of a training is called by."""
    return f"training:{training_id}"


def on_the_way(training_id: int, percent: int) -> Card:
    """Show how far it is, with a button that stops it."""
    return Card(words.on_the_way(percent=percent), [[(words.STOP, data("a.train_stop", training_id))]])


def over(training: Training) -> Card:
    """Take the place of the progress."""
    if training.state in {State.READY, State.REFUSED}:
        return Card(words.done())
    if training.state == State.STOPPED:
        return Card(words.STOPPED)
    return Card(words.KILLED if training.report.get("reason") == "killed" else words.FAILED)


def report(training: Training, *, decided: str = "") -> Card:
    """Show the report card; `decided` (what became of it) takes the place of the last buttons."""
    found = training.report
    told = [_figures(found), _held_out(found.get("held_out")), words.learnt(**_learnt(found))]
    lines = [*told, *(_fell(each) for each in found["falls"]), decided]
    at = training.id
    refused = training.state == State.REFUSED
    rows = [[(words.MAP, data("a.train_map", at))]] if training.picture_id else []
    rows += [[(words.EXAMPLES if refused else words.SURPRISES, data("a.train_odd", at))]]
    rows += [[(words.SUSPECTS, data("a.train_labels", at))]] if found.get("suspects") else []
    use = [(words.USE, data("a.train_use", at))] if not refused else []
    rows += [] if decided else [[*use, (words.LEAVE, data("a.train_leave", at))]]
    return Card("\n".join(line for line in lines if line), rows)


def _figures(found: Mapping[str, Any]) -> str:
    moved = {name: each["new"] - each["old"] for name, each in found["per_label"].items()}
    better = sorted((name for name in moved if moved[name] > _LEAST), key=lambda name: -moved[name])
    worse = sorted((name for name in moved if moved[name] < -_LEAST), key=lambda name: moved[name])
    pairs = {name: tuple(found[name]) for name in ("accuracy", "sure", "coverage")}
    return words.report(n=found["n"], better=_moved(found, better), worse=_moved(found, worse), **pairs)


def _held_out(found: Mapping[str, Any] | None) -> str:
    return words.held_out(n=found["n"], old=found["accuracy"][0], new=found["accuracy"][1]) if found else ""


def _moved(found: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    units = [(name, found["per_label"][name]) for name in names]
    return [words.unit_moved(name=name, old=each["old"], new=each["new"], n=each["support"]) for name, each in units]


def _learnt(found: Mapping[str, Any]) -> dict[str, int]:
    counted = {name: int(found[name]) for name in ("own", "over_cap", "repeated", "disagreeing")}
    return {**counted, "suspects": len(found["suspects"])}


def _fell(fall: Mapping[str, Any]) -> str:
    points = 100 * (fall["old"] - fall["new"])
    match fall["what"]:
        case "":
            return words.fell_overall(points=points)
        case "sure":
            return words.fell_sure(points=points)
        case unit:
            return words.fell(department=unit, points=points)


def picture(chat_id: int, training: Training) -> Say:
    """Send the picture of what the new model takes for what."""
    caption = words.map_caption(legend=training.report.get("legend", ()))
    photo = SendPhoto(chat_id=chat_id, photo="attach://picture", caption=caption)
    return Say(photo, made={"picture": training.picture_id or 0}, role="report")


def surprises(training: Training) -> Card:
    """Show the messages on which the two models disagree most."""
    found = training.report["surprises"]
    if not found:
        return Card(words.NO_SURPRISES)
    lines = [
        words.surprise(at=at, text=each["text"], label=each["label"], old=each["old"], new=each["new"])
        for at, each in enumerate(found, start=1)
    ]
    return Card(words.surprises(lines=lines))


def suspects(training: Training) -> Card:
    """Show the labels that the others speak against."""
    found = training.report["suspects"]
    if not found:
        return Card(words.NO_SUSPECTS)
    return Card(words.suspects(lines=[words.suspect(**each) for each in found]))
