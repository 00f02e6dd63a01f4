"""Things: contents of a message that are no file: places, contacts, polls and dice."""

import secrets
from collections.abc import Iterable

from bot.platforms.sandbox.store import Json

_FACES = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
DICE = tuple(_FACES)


def place(latitude: float, longitude: float) -> Json:
    """Return a point on the map."""
    return {"latitude": latitude, "longitude": longitude}


def venue_content(location: Json, *, title: str, address: str) -> Json:
    """Return a place that has a name; its point is told twice, as Telegram does."""
    return {"venue": {"location": location, "title": title, "address": address}, "location": location}


def dice_content(emoji: str) -> Json:
    """Return a die that has been thrown."""
    return {"dice": {"emoji": emoji, "value": secrets.randbelow(_FACES[emoji]) + 1}}


def poll_content(question: str, options: Iterable[str], *, anonymous: bool = True, several: bool = False) -> Json:
    """Return a poll in which nobody has voted yet."""
    choices = [{"persistent_id": str(number), "text": text, "voter_count": 0} for number, text in enumerate(options)]
    poll = {
        "id": str(secrets.randbelow(10**18)),
        "question": question,
        "options": choices,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": anonymous,
        "type": "regular",
        "allows_multiple_answers": several,
        "allows_revoting": True,
        "members_only": False,
    }
    return {"poll": poll}
