from storage.domain.drift import Band, band


def test_three_weeks_make_no_band():
    assert band([0.2, 0.21, 0.19]) is None


def test_a_quiet_towns_band_is_five_points_to_each_side():
    found = band([0.2, 0.2, 0.2, 0.2])
    assert found is not None
    assert (round(found.low, 3), round(found.high, 3)) == (0.15, 0.25)


def test_a_restless_towns_band_is_three_deviations_wide():
    found = band([0.1, 0.3, 0.1, 0.3])
    assert found is not None
    assert found.holds(0.5)
    assert not found.holds(0.56)


def test_only_the_last_eight_weeks_count():
    assert band([0.9] * 10 + [0.2] * 8) == band([0.2] * 8)


def test_no_band_leaves_the_shares_there_are():
    assert band([0.0, 0.01, 0.0, 0.01]) == Band(0.0, 0.005 + 0.05)
