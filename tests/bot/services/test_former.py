"""A former unit's words are a note of the appeal, and none once there is nothing left to note."""

import pytest

from bot.services import former
from storage.domain.errors import TransitionRefused
from storage.domain.statuses import Status
from storage.repositories import events
from tests.support.handling import Handling, other_unit


async def test_they_are_kept_as_a_note_with_the_unit_that_wrote_them(scene: Handling):
    _, zhou = await other_unit(scene.session, scene.now)
    words = {"appeal": scene.appeal, "staff": zhou, "text": "上周去看过", "source": (-3009, 7), "now": scene.now}
    said = await former.pass_on(scene.session, **words)
    assert (said.direction, said.department, said.state, said.source_message) == ("note", "power", "kept", 7)
    (noted,) = await events.of_appeal(scene.session, scene.appeal.id)
    assert (noted.what, noted.details) == ("note", {"utterance_id": said.id, "former": "power"})
    scene.appeal.status = Status.WITHDRAWN
    with pytest.raises(TransitionRefused):
        await former.pass_on(scene.session, **words)
