"""The classifier's process may die, hang or be broken: appeals go on, with people deciding where it is silent."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.services.guessing import Guess, NoOpinionYet
from bot.thinking import thinker as module
from bot.thinking import versions
from bot.thinking.thinker import ModelUnusable, Thinker

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("thinker"), pytest.mark.timeout(300)]

MODELS = Path("var").resolve()  # where the stories keep the starter model too: it is trained once
HEATING, POWER, WATER = "家里暖气不热,供热公司没人来", "昨晚停电,变压器又跳闸了", "水管爆了,自来水公司没人来"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def thinker() -> AsyncIterator[Thinker]:
    """One for all tests, each of which may end its process: a start takes seconds."""
    asked = Thinker(model=None, city=None, var=MODELS)
    await asked.start()
    yield asked
    await asked.stop()


def pid(thinker: Thinker) -> int:
    assert thinker._process is not None
    return thinker._process.pid


def forget(thinker: Thinker) -> None:
    thinker._known.clear()


async def opinion(thinker: Thinker, text: str) -> Guess:
    """Ask until there is an opinion, as the worker does."""
    async with asyncio.timeout(120):
        while True:
            try:
                return await thinker.guess(text)
            except NoOpinionYet:
                await asyncio.sleep(0.05)


async def test_units_come_by_their_codes_with_the_words_that_decided(thinker: Thinker):
    likeliest = (await opinion(thinker, HEATING)).likely[0]
    assert likeliest.department == "heating"
    assert likeliest.words


async def test_the_same_text_is_thought_about_once(thinker: Thinker):
    first = await opinion(thinker, HEATING)
    os.kill(pid(thinker), signal.SIGSTOP)
    assert await opinion(thinker, HEATING) is first
    os.kill(pid(thinker), signal.SIGCONT)


async def test_a_process_that_was_killed_is_started_again_and_answers(thinker: Thinker):
    await opinion(thinker, HEATING)
    killed = pid(thinker)
    forget(thinker)
    os.kill(killed, signal.SIGKILL)
    with pytest.raises(NoOpinionYet):
        await thinker.guess(POWER)
    assert (await opinion(thinker, POWER)).likely[0].department == "power"
    assert pid(thinker) != killed


async def test_a_process_that_does_not_answer_is_started_again(thinker: Thinker, monkeypatch: pytest.MonkeyPatch):
    await opinion(thinker, HEATING)
    silent = pid(thinker)
    forget(thinker)
    os.kill(silent, signal.SIGSTOP)
    with monkeypatch.context() as patience:
        patience.setattr(module, "_ANSWER_SECONDS", 0.5)
        with pytest.raises(NoOpinionYet):
            await thinker.guess(WATER)
    assert (await opinion(thinker, WATER)).likely[0].department == "tap_water"
    assert pid(thinker) != silent


async def test_of_what_it_was_asked_only_the_newest_is_remembered(thinker: Thinker, monkeypatch: pytest.MonkeyPatch):
    forget(thinker)
    monkeypatch.setattr(module, "_REMEMBERED", 2)
    for text in (HEATING, POWER, WATER):
        await opinion(thinker, text)
    assert list(thinker._known) == [POWER, WATER]


async def test_where_it_cannot_be_started_again_people_decide(thinker: Thinker, tmp_path: Path):
    await opinion(thinker, HEATING)
    newest = max((MODELS / "model").glob("starter-*"), key=lambda folder: folder.stat().st_mtime)
    model = shutil.copytree(newest, tmp_path / "model")
    broken = Thinker(model=model, city=None, var=tmp_path)
    await broken.start()
    (model / "metrics.json").unlink()
    os.kill(pid(broken), signal.SIGKILL)
    assert [await opinion(broken, text) for text in (POWER, WATER)] == [Guess(), Guess()]
    await broken.stop()


async def test_a_model_that_is_not_there_is_named_in_a_sentence(tmp_path: Path):
    broken = Thinker(model=tmp_path, city=None, var=tmp_path)
    with pytest.raises(ModelUnusable, match=r"There is no model in .+ Train one\."):
        await broken.start()
    await broken.stop()


async def test_one_that_was_never_started_has_no_opinion_yet_and_stops_quietly(tmp_path: Path):
    never = Thinker(model=None, city=None, var=tmp_path)
    with pytest.raises(NoOpinionYet):
        await never.guess(POWER)
    await never.stop()


async def test_a_version_that_cannot_be_loaded_leaves_the_one_that_thinks(thinker: Thinker):
    await opinion(thinker, HEATING)
    thinks = pid(thinker)
    with pytest.raises(ModelUnusable):
        await thinker.switch("no-such-version")
    assert (thinker.version, pid(thinker)) == ("", thinks)
    assert (await opinion(thinker, HEATING)).likely[0].department == "heating"


async def test_another_version_answers_from_the_next_question_on_and_the_start_after(tmp_path: Path):
    newest = max((MODELS / "model").glob("starter-*"), key=lambda folder: folder.stat().st_mtime)
    shutil.copytree(newest, versions.folder_of(tmp_path, "20261123-1"))
    (tmp_path / "model").symlink_to(MODELS / "model")
    switched = Thinker(model=None, city=None, var=tmp_path)
    await switched.start()
    first = pid(switched)
    await switched.switch("20261123-1")
    versions.switch(tmp_path, "20261123-1")
    assert pid(switched) != first
    assert (await opinion(switched, HEATING)).likely[0].department == "heating"
    await switched.stop()
    await switched.start()
    assert switched.version == "20261123-1"
    await switched.stop()


async def test_where_the_promoted_version_is_broken_the_first_model_begins(tmp_path: Path):
    versions.folder_of(tmp_path, "20261123-1").mkdir(parents=True)
    versions.switch(tmp_path, "20261123-1")
    (tmp_path / "model").symlink_to(MODELS / "model")
    begun = Thinker(model=None, city=None, var=tmp_path)
    await begun.start()
    assert begun.version == ""
    assert (await opinion(begun, HEATING)).likely[0].department == "heating"
    await begun.stop()
