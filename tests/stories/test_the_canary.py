"""A telephone number, an identity number and a name put into every path are found in no group, log or other chat."""

import logging
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from storage.domain.masking import mask
from tests.canary.bird import Bird
from tests.canary.citizens_paths import contact_that_is_not_looked_at
from tests.canary.flight import Flight
from tests.canary.flying import Aviary, aviary
from tests.canary.paths import NOT_THERE_YET, PATHS
from tests.canary.watch import strings

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("canary")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def birds() -> AsyncIterator[Aviary]:
    async with aviary() as opened:
        yield opened
        print("\n" + "\n".join(opened.lines()))  # noqa: T201 - the ledger, with pytest -s


@pytest.mark.parametrize("path", [*PATHS, *NOT_THERE_YET])
async def test_a_canary_on_this_path_is_heard_nowhere_but_where_it_belongs(birds: Aviary, path: str):
    if path in NOT_THERE_YET:
        pytest.skip("there is no such step to fly through yet")
    heard = await birds.fly(path)
    assert {place: found for place, found in heard.items() if found} == {}


async def test_a_canary_that_is_somewhere_is_heard_there(birds: Aviary):
    bird = Bird(99)
    flight = Flight(birds.watch.town, bird, birds.watch)
    await contact_that_is_not_looked_at(flight)
    await birds.watch.town.say(flight.citizen, f"还有一句 {bird.phone}")
    await birds.watch.town.wait_button(flight.citizen, "提新诉求")
    said = f"{bird.phone} {bird.secret}"
    logging.getLogger("bot.delivery").debug("%s", said)
    birds.watch.answers.append(bird.identity)
    (birds.watch.folders[0] / f"{bird.name}.pdf").touch()
    heard = await birds.watch.places(bird, citizen=0, asker=None, kept=True)
    assert heard["log"] == [bird.phone, bird.secret]
    assert heard["answers"] == [bird.identity[:-1]]
    assert heard["file names"] == [bird.name]
    assert heard["groups"] == []
    birds.watch.log.clear()
    birds.watch.answers.clear()


@pytest.mark.parametrize("spelling", range(len(Bird(1).spellings)))
async def test_a_spelling_is_heard_plain_and_not_heard_starred(spelling: int):
    bird = Bird(55)
    written = f"号码{bird.spellings[spelling]}。"
    assert bird.heard_in(written)
    assert bird.heard_in(mask(written)) == []


async def test_captions_buttons_and_file_names_are_searched_and_what_people_wrote_is_not():
    message = {
        "caption": "说明",
        "document": {"file_name": "名字.pdf"},
        "reply_markup": {"inline_keyboard": [[{"text": "按钮", "callback_data": "o.claim:1"}]]},
        "reply_to_message": {"text": "别人的话"},
        "from": {"first_name": "机器人"},
    }
    assert set(strings(message)) == {"说明", "名字.pdf", "按钮", "o.claim:1"}
