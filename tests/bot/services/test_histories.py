"""Whatever happens to an appeal, in whatever order: some things must always be true."""

from tests.histories.machine import play


def test_sixty_random_histories_break_no_rule():
    stats = play(histories=60, steps=30)
    assert stats.steps > 1000
    assert len(stats.done) > 30, "hardly anything happens: the histories are too short to say anything"
