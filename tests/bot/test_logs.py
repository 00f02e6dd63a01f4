"""No log line ever holds a token: not in the message, not in its arguments, not in a traceback."""

import logging
from collections.abc import Callable, Iterator

import pytest

from bot.logs import set_up

TOKEN = "123456789:AAExample_only-Example_only-Example0"
Written = Callable[[Callable[[], object]], str]
LOG = logging.getLogger("bot.somewhere")


@pytest.fixture(autouse=True)
def everything_as_it_was() -> Iterator[None]:
    """Give the test a logging that nobody set up, and put back what was there."""
    touched = [logging.getLogger(name) for name in ("", "bot", "storage", "classifier")]
    levels = [each.level for each in touched]
    yield
    for each, level in zip(touched, levels, strict=True):
        each.setLevel(level)


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Written:
    """Return what an act writes to standard error, logging set up as `lianxin run` does."""

    def by(act: Callable[[], object]) -> str:
        root = logging.getLogger()
        before, root.handlers[:] = root.handlers[:], []
        try:
            set_up("info")
            act()
        finally:
            root.handlers[:] = before
        return capsys.readouterr().err

    return by


def test_a_token_in_a_message_is_starred_out(written: Written):
    line = written(lambda: LOG.warning("the platform refuses %s today", TOKEN))
    assert line.endswith("WARNING bot.somewhere: the platform refuses <token> today\n")


def test_a_token_in_an_address_is_starred_out(written: Written):
    line = written(lambda: LOG.warning("POST https://api.telegram.org/bot%s/getMe failed", TOKEN))
    assert "AAExample" not in line


def test_a_token_in_a_traceback_is_starred_out(written: Written):
    def fail() -> None:
        try:
            int(TOKEN)
        except ValueError:
            LOG.exception("it failed")

    text = written(fail)
    assert "ValueError: invalid literal for int() with base 10: '<token>'" in text
    assert "AAExample" not in text


@pytest.mark.parametrize("harmless", ["at 17:43:02", "LX-20261123-0001: 签收", "http://127.0.0.1:8081/"])
def test_what_is_no_token_stays_readable(written: Written, harmless: str):
    assert harmless in written(lambda: LOG.warning(harmless))


def test_libraries_are_heard_from_warnings_on(written: Written):
    library = logging.getLogger("somebody.elses")

    def speak() -> None:
        library.info("chatter")
        library.warning("trouble")
        LOG.info("a fact")
        LOG.debug("a detail")

    said = [line.split(": ")[1] for line in written(speak).splitlines()]
    assert said == ["trouble", "a fact"]
