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
