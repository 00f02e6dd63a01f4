"""What citizens and supervisors read of a plan."""

import pytest

from bot.texts import plans


@pytest.mark.parametrize("promise", ["先填坑", "先填坑。", "先填坑!  "])
def test_a_promise_runs_on_to_its_day_however_it_was_ended(promise: str):
    told = plans.citizen_deferred(department="交通运输局", reason="上冻了。", promise=promise, day="4月30日(周五)")
    assert "他们承诺:先填坑,4月30日(周五)前办。" in told
