import pytest

from classifier.places import Agreement, Place, names_in, place_of

SAME, UNKNOWN, OTHER = Agreement.SAME, Agreement.UNKNOWN, Agreement.OTHER


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我们梧桐雅居小区的电梯坏了", "梧桐雅居小区"),
        ("投诉鼎泰豪庭小区物业", "鼎泰豪庭小区"),
        ("榆钱路附近的烧烤摊", "榆钱路"),
        ("槐荫村的水渠堵了", "槐荫村"),
        ("请管管琥珀小学门口的车", "琥珀小学"),
    ],
)
def test_the_name_of_a_place_is_found_without_what_stands_before_it(text: str, name: str):
    assert name in names_in(text)


@pytest.mark.parametrize("text", ["村委会没人", "路灯不亮", "城管不管", "人民医院排队", "农贸市场太脏", "", "???"])
def test_what_is_called_so_everywhere_is_no_name(text: str):
    assert not place_of(text).spots


@pytest.mark.parametrize(
    ("one", "two", "agreement"),
    [
        ("琥珀小区停水", "琥珀小区没水了", SAME),
        ("琥珀小区停水", "琥珀花园小区停水", SAME),
        ("琥珀小区停水", "珊瑚小区停水", OTHER),
        ("琥珀小区停水", "停水了", UNKNOWN),
        ("停水了", "停水了", UNKNOWN),
        ("K1区琥珀小区停水", "K2区琥珀小区停水", OTHER),
        ("K1区停水", "K1区停水", UNKNOWN),
        ("K1区停水", "停水", UNKNOWN),
    ],
)
def test_names_decide_and_districts_only_tell_apart(one: str, two: str, agreement: Agreement):
    assert place_of(one).agrees(place_of(two)) is agreement
    assert place_of(two).agrees(place_of(one)) is agreement


def test_what_is_known_of_the_place_counts_like_what_is_read():
    known = place_of("停水了", areas=["hebin"], spots=["琥珀社区"])
    assert known.agrees(place_of("琥珀小区停水")) is SAME
    assert known.agrees(Place(areas=frozenset({"xiangyang"}))) is OTHER
