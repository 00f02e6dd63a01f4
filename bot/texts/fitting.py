"""Cuts a text to the platform's limits, which count UTF-16 units."""

ELLIPSIS = "……"


def units(text: str) -> int:
    """How many UTF-16 units a text has."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, limit: int = 3500) -> str:
    """Return the text, or as much of its beginning as fits into `limit` UTF-16 units with an ellipsis."""
    if units(text) <= limit:
        return text
    cut = text.encode("utf-16-le", "surrogatepass")[: 2 * (limit - len(ELLIPSIS))]
    return cut.decode("utf-16-le", "ignore") + ELLIPSIS


def pieces(text: str, limit: int = 3500) -> list[str]:
    """Return the whole text in pieces of at most `limit` UTF-16 units; the first ends with an ellipsis if more come."""
    return [fit(text, limit), *rest(text, limit)]


def rest(text: str, limit: int, size: int = 3500) -> list[str]:
    """Return what `fit(text, limit)` leaves out, in pieces of at most `size` UTF-16 units."""
    if units(text) <= limit:
        return []
    left = text[len(fit(text, limit)) - len(ELLIPSIS) :]
    parts: list[str] = []
    while left:
        part = left if units(left) <= size else fit(left, size).removesuffix(ELLIPSIS)
        parts.append(part)
        left = left[len(part) :]
    return parts
