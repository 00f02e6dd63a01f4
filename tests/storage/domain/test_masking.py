"""Private numbers starred, cut out and read; texts rid of invisible tricks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.masking import clean_text, has_private_number, mask, mask_phone, parse_phone, strip_numbers

MOBILES = [
    "13812345678",
    "138 1234 5678",
    "138-1234-5678",
    "138.1234.5678",
    "138—1234—5678",
    "+8613812345678",
    "+86 138 1234 5678",
    "008613812345678",
    "86-13812345678",
    "1３８１２３４５６７８",
    "138\u30001234\u30005678",
    "138\u200b1234\u200b5678",
    "1\ufe0f\u20e33812345678",
    "1 3 8 1 2 3 4 5 6 7 8",
    "138 12 34 56 78",
    "138 12345678",
    "(138)1234-5678",
    "138\u22121234\t5678",
]
OTHERS = {
    "0538-8765432": "053******32",
    "0538 8765432": "053******32",
    "(0538)8765432": "053******32",
    "010-8765 4321": "010******21",
    "0538-8765432-801": "053*********01",
    "05388765432": "053******32",
    "8765432": "876**32",
    "400-123-4567": "400*****67",
    "4001234567": "400*****67",
    "400 1234 567": "400*****67",
    "+852 9123 4567": "852******67",
    "370900199001011234": "370*************34",
    "37090019900101123X": "370*************3X",
    "37090019900101123x": "370*************3x",
    "370900 19900101 123X": "370*************3X",
    "370900900101123": "370**********23",
    "6222020012345678": "622***********78",
    "6222 0200 1234 5678 901": "622**************01",
    "20261123 370900 19900101 1234": "202*********************34",
    "一三八一二三四五六七八": "一三八******七八",
    "幺三八零零〇〇壹贰叁肆": "幺三八******叁肆",
    "一三八 一二三四 五六七八": "一三八******七八",
    "八七六五四三二": "八七六**三二",
    "138一二三四5678": "138******78",
}
KEPT = [
    "2026-11-23",
    "2026年11月23日",
    "2026.11.23 13:30",
    "20261123",
    "20240101-20261231",
    "2024 2025 2026 2027",
    "二〇二六年十一月二十三日",
    "1200000元",
    "3500000.50元",
    "1,380,000元",
    "¥8765432",
    "￥8765432.00",
    "LX-20261123-0007",
    "lx202611230007",
    "LX-20261123-12345",
    "3号楼2单元1801室",
    "3-2-501 3-2-502",
    "15-3-1201 8-301",
    "101 102 103 104 105",
    "110、119、120,还有12345",
    "10路、12路,100米",
    "8:30-12:00 14:00-17:30",
    "三五七路",
]
hanzi = st.text(st.characters(min_codepoint=0x5B00, max_codepoint=0x6500, categories=["Lo"]), max_size=12).filter(
    lambda text: not set(text) & set("幺")
)
separators = st.sampled_from(["", " ", "-", "－", "\u200b", "\u3000", "—"])
mobile_digits = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
widths = st.sampled_from([0, 0xFEE0])


@pytest.mark.parametrize("written", MOBILES)
def test_a_mobile_number_shows_its_first_three_and_last_four_digits(written: str):
    assert mask(f"我的电话是{written},请打") == "我的电话是138****5678,请打"


@pytest.mark.parametrize(("written", "masked"), OTHERS.items())
def test_any_other_private_number_shows_three_and_two(written: str, masked: str):
    assert mask(f"号码:{written}。").lstrip("号码:+") == f"{masked}。"


@pytest.mark.parametrize("text", KEPT)
def test_dates_prices_house_numbers_and_the_appeals_own_number_are_kept(text: str):
    assert mask(f"在{text},看看") == f"在{text},看看"
    assert not has_private_number(text)


def test_several_numbers_in_one_text_are_all_starred():
    text = "13812345678或13987654321,身份证370900199001011234,2026-11-23在3号楼"
    assert mask(text) == "138****5678或139****4321,身份证370*************34,2026-11-23在3号楼"


def test_a_telephone_before_new_year_is_no_price():
    assert mask("找8765432元旦前打") == "找876**32元旦前打"


def test_a_house_number_right_behind_a_telephone_does_not_save_it():
    assert mask("电话138 1234 56783号楼,2026-11-23138-1234-5678") == "电话138****56783号楼,2026-11-23138****5678"


def test_the_end_of_a_telephone_that_looks_like_a_date_is_starred_too():
    assert mask("130 20000101") == "130****0101"


def test_a_private_use_character_is_no_digit():
    assert mask("\ue001" * 8 + "\0") == "\ue001" * 8 + "\0"


@pytest.mark.parametrize("written", [*MOBILES, *OTHERS])
def test_a_number_is_noticed_and_can_be_taken_out(written: str):
    assert has_private_number(f"打{written}找我")
    assert strip_numbers(f"打{written}找我").replace("+", "") == "打找我"


def test_what_a_taken_out_number_leaves_side_by_side_is_looked_at_again():
    assert strip_numbers("13 138 1234 5678812345678") == strip_numbers(strip_numbers("13 138 1234 5678812345678"))
    assert not has_private_number(strip_numbers("876一三八一二三四五六七八5432"))


@given(hanzi, mobile_digits, st.lists(separators, min_size=2, max_size=2), widths, hanzi)
def test_no_dress_hides_a_mobile_number(before: str, digits: str, gaps: list[str], width: int, after: str):
    parts = digits[:3], digits[3:7], digits[7:]
    written = "".join(chr(ord(each) + width) for each in parts[0])
    written += gaps[0] + parts[1] + gaps[1] + parts[2]
    assert mask(f"{before}{written}{after}") == f"{before}{digits[:3]}****{digits[7:]}{after}"


@given(hanzi, st.from_regex(r"[1-9][0-9]{16}[0-9Xx]", fullmatch=True), hanzi)
def test_no_identity_number_goes_through(before: str, number: str, after: str):
    assert mask(f"{before}{number}{after}") == f"{before}{number[:3]}{'*' * 13}{number[-2:]}{after}"


@given(st.text())
def test_text_without_digits_is_left_alone(text: str):
    plain = "".join(each for each in text if not each.isnumeric())
    assert mask(plain) == plain


@given(st.text(st.sampled_from("0123456789一三八 -.()元年X+")))
def test_what_is_stripped_has_no_private_number_left(text: str):
    assert not has_private_number(strip_numbers(text))
    assert has_private_number(text) == (mask(text) != text)


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+86 138 1234 5678", "138****5678"),
        ("0538-8765432", "053******32"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_known_telephone_is_shown_in_part(phone: str, masked: str):
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    "written", [*MOBILES, "一三八一二三四五六七八", "我电话138 1234 5678谢谢", "13812345678 13812345678"]
)
def test_a_typed_mobile_number_is_understood(written: str):
    assert parse_phone(written) == "13812345678"


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("0538-8765432", "0538-8765432"),
        ("(010) 8765 4321", "010-87654321"),
        ("02187654321", "021-87654321"),
        ("8765432", "8765432"),
        ("0000-8880100", "0000-8880100"),
    ],
)
def test_a_typed_landline_is_understood(written: str, phone: str):
    assert parse_phone(written) == phone


@pytest.mark.parametrize(
    "written", ["", "没有", "1381234567", "138123456789", "2026-11-23", "370900199001011234", "400-123-4567", "12345"]
)
def test_what_is_no_telephone_of_a_citizen_is_none(written: str):
    assert parse_phone(written) is None


def test_two_different_telephones_are_a_question_not_a_choice():
    assert parse_phone("13812345678或13987654321") is None


@given(mobile_digits)
def test_a_parsed_telephone_is_masked_as_in_a_text(digits: str):
    assert parse_phone(mask_phone(digits)) is None
    assert mask(digits) == mask_phone(str(parse_phone(digits)))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\0b", "ab"),
        ("a\ud800b", "ab"),
        ("\u202eabc\u202c", "abc"),
        ("\u2066a\u2069\u200f\u061c", "a"),
        ("路\u200b灯\ufeff坏\u2060了\u00ad", "路灯坏了"),
        ("a\u3164b", "ab"),
        ("a\r\nb\rc\u2028d\u2029e\x85f\x0bg\x0ch", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("a\tb\x07\x1b[0m", "a\tb[0m"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("👩🏽\u200d🔧❤\ufe0f\u200d🔥", "👩🏽\u200d🔧❤\ufe0f\u200d🔥"),
        ("路\u200d灯\u200d", "路灯"),
        ("\u200d👩\u200d\u200d👧\u200d", "👩👧"),
        ("👩\u200b\u200d👧", "👩\u200d👧"),
        ("有人\U000e0041\U000e0042吗", "有人吗"),
        ("plain, 中文。", "plain, 中文。"),
    ],
)
def test_invisible_tricks_are_removed_and_the_rest_is_kept(text: str, clean: str):
    assert clean_text(text) == clean


@given(st.text(st.characters() | st.sampled_from("\0\r\n\u200d\u202e\ud800\udfff👩❤\ufe0f🏽")))
def test_a_clean_text_is_clean_and_can_be_stored(text: str):
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert "\0" not in clean
    assert "\r" not in clean
    assert len(clean.encode()) >= len(clean)
