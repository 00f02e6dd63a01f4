"""The list of matters (派单目录) as cards and letters cite it."""

LIST = "派单目录"
THE_TOWN = "当地镇街"


def rule(*, matter: str, lead: str) -> str:
    """Cite the line of a matter."""
    return f"{LIST}:{matter},主办{lead}"


def ruled(*, when: str, department: str, number: str) -> str:
    """Cite what a supervisor last ruled about the matter."""
    return f"{when}监督员定过:这一类由{department}主办({number})"


def cited(*, reason: str, place: int | None) -> str:
    """Write a reason with the line it rests on, by its place in the list."""
    return f"{reason}({LIST}第{place}条)" if place is not None else reason
