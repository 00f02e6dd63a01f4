"""What stands in a chat of a `Front`: messages as they read now, found by their words and pressed by their labels."""

from typing import Any

from sqlalchemy import select

from tests.support.desking import Front, Owed

TRIAGE, DISPATCHER, COLLEAGUE, CITIZEN = -8000, 8001, 8002, 1001


def screen(front: Front, chat: int = CITIZEN) -> dict[int, Owed]:
    """Return a chat's messages by id, edits in their place."""
    shown: dict[int, Owed] = {}
    for call in front.calls:
        if call.chat == chat and call.id is not None and "text" in call.payload:
            shown[call.id] = call
    return shown


def last(front: Front, chat: int = CITIZEN) -> Owed:
    """Return the newest message."""
    shown = screen(front, chat)
    return shown[max(shown)]


def found(front: Front, words: str, chat: int = CITIZEN) -> Owed:
    """Return the newest message in which the words or such a button stand."""
    fitting = [each for each in screen(front, chat).values() if words in each.text or words in each.buttons]
    assert fitting, f"no {words} in {[each.text for each in screen(front, chat).values()]}"
    return max(fitting, key=lambda each: each.id or 0)


async def press(front: Front, label: str, chat: int = CITIZEN, *, by: int | None = None) -> list[Owed]:
    """Press a button of the newest message that has it."""
    holders = [each for each in screen(front, chat).values() if label in each.buttons]
    assert holders, f"no {label} in {[each.text for each in screen(front, chat).values()]}"
    newest = max(holders, key=lambda each: each.id or 0)
    return await front.press(chat, newest.id or 0, newest.buttons[label], by=by)


def toasts(owed: list[Owed]) -> list[str]:
    """Return what the press itself was answered with."""
    return [str(each.payload.get("text")) for each in owed if each.method == "answerCallbackQuery"]


async def rows(front: Front, table: type[Any]) -> list[Any]:
    """Return all rows of a table by id."""
    async with front.database.reading() as session:
        return list((await session.execute(select(table).order_by(table.id))).scalars())
