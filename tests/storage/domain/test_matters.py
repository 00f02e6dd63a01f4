"""The list of matters finds what a text tells of."""

from storage.domain.matters import TOWN, Catalogue, Matter


def matter(code: str, lead: str, *words: str) -> Matter:
    return Matter(code, code, "领域", lead, (), "职责", words)


LIST = Catalogue(
    (
        matter("lights", "urban", "路灯", "灯不亮"),
        matter("wires", "power", "电线", "灯"),
        matter("village", TOWN, "村口"),
    )
)


def test_the_matter_that_more_is_said_of_comes_first():
    assert [each.code for each in LIST.find("村口的路灯坏了")] == ["lights", "village", "wires"]


def test_a_text_that_tells_of_nothing_has_no_matter():
    assert LIST.find("你好") == ()
    assert LIST.best("你好", lead="urban") is None


def test_a_unit_s_own_matter_goes_before_a_better_one_of_another_unit():
    assert LIST.best("路灯的灯", lead="power").code == "wires"
    assert LIST.best("路灯的灯", lead="gas").code == "lights"


def test_a_matter_is_cited_by_its_place_from_one():
    assert (LIST.number("lights"), LIST.number("village"), LIST.number("nothing")) == (1, 3, None)


def test_matters_are_found_by_code_and_by_lead():
    assert LIST.get("wires") is LIST.matters[1]
    assert LIST.get(None) is None
    assert [each.code for each in LIST.led_by(TOWN)] == ["village"]
