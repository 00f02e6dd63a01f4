import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import starter_corpus
from classifier.tokens import LONGEST, cut, normalised, parted, reference, tokenizer, tokens


def test_numbers_are_all_the_same_word():
    assert normalised("3号楼 12.5 元") == normalised("18号楼 7 元") == "0号楼 0 元"


def test_full_width_letters_and_signs_read_as_plain_ones():
    assert normalised("ＡＢＣ，１２３！！！暖气") == "abc 0 暖气"


def test_the_terms_of_the_office_stay_whole():
    words = tokens("向阳街道的烧烤油烟，住建局管不管").words.split(" ")
    assert {"向阳街道", "烧烤油烟", "住建局"} <= set(words)


def test_whatever_cuts_words_cuts_them_as_jieba_does():
    texts = [normalised(row.text) for row in starter_corpus()[::10]]
    pairs = [(list(tokenizer().cut_for_search(text)), list(reference().cut_for_search(text))) for text in texts]
    assert sum(quick == slow for quick, slow in pairs) >= 0.995 * len(pairs)


def test_other_cities_are_all_the_same_word_but_streets_and_dishes_keep_their_names():
    assert normalised("我在广州打工") == normalised("我在内蒙古自治区打工") == "我在 elsewhere 打工"
    assert normalised("上海路的兰州面馆") == "上海路的兰州面馆"


def test_signs_alone_hold_no_words():
    assert tokens("！？…… 👍👍 ——") == ("", "")


@pytest.mark.parametrize(
    "text", ["向阳小区停水三天\n昨天打过电话，没人来", "  向阳小区停水三天 \n\n昨天打过电话，没人来"]
)
def test_the_first_of_several_lines_is_the_title(text: str):
    assert parted(text) == ("向阳小区停水三天", "昨天打过电话，没人来")
    assert cut(text).title.characters == "向阳小区停水三天"


@pytest.mark.parametrize("first", ["尊敬的局长：", "各位领导，", "您好", "停" * 100])
def test_a_greeting_a_salutation_and_a_whole_paragraph_are_no_title(first: str):
    assert parted(f"{first}\n小区停水三天了") == ("", f"{first}\n小区停水三天了")
    assert cut(f"{first}\n小区停水三天了").title == ("", "")


def test_a_single_line_is_all_body():
    assert parted("向阳小区停水三天\n") == ("", "向阳小区停水三天")


def test_a_message_of_a_megabyte_is_cut():
    assert len(normalised("停电了" * 350_000)) == LONGEST


def test_one_sign_that_unfolds_into_many_cannot_make_it_longer():
    assert len(normalised("\ufdfa" * LONGEST)) <= LONGEST


def test_the_shared_temporary_folder_is_neither_read_nor_written():
    cache = Path(tempfile.gettempdir()) / "jieba.cache"
    before = cache.stat().st_mtime_ns if cache.exists() else None
    tokens("供暖")
    assert (cache.stat().st_mtime_ns if cache.exists() else None) == before


@given(st.text())
def test_any_text_becomes_single_spaced_strings_without_signs(text: str):
    cut = tokens(text)
    for part in cut:
        assert part == " ".join(part.split())
    assert set(cut.words) - {" "} == set(cut.characters) - {" "}
