import pytest

from storage.city.officials import load_officials

COMPLAINTS = [
    "我要反映北王村村主任张三把低保给了自己家亲戚",
    "村支书私吞了修路的钱,账目从来不公开",
    "派出所民警打人,把我推倒在地上",
    "窗口工作人员态度恶劣,问一句骂我一句",
    "镇里的干部吃拿卡要,办个证要请客才给盖章",
    "局长收红包,谁送礼谁中标",
    "城管执法人员乱罚款还不给票据",
    "街道办主任包庇违建,举报了三次都通风报信",
    "所长公车私用,周末开着公车去钓鱼",
    "书记说不给五千块钱就不给签字,收了我三千元",
    "交警收钱放行超载大货车",
    "校长克扣学生的伙食费",
]
NO_COMPLAINTS = [
    "村小学东门的路灯坏了半个月,晚上老人摔过跤",
    "请村主任帮忙把我家的低保材料交上去",
    "班主任收了五十块钱班费,想问问合不合规",
    "楼下烧烤店占道经营,油烟很大",
    "想找个领导说说我家拆迁补偿的事",
    "民警帮我找回了走失的老人,要表扬",
    "物业乱收费,停车费从八十涨到一百五",
    "单位的人事科长期不接电话",
    "书店里能办借书证吗",
    "",
]


@pytest.mark.parametrize("text", COMPLAINTS)
def test_a_complaint_about_somebody_in_office_is_known(text: str):
    assert load_officials().complained_of(text)


@pytest.mark.parametrize("text", NO_COMPLAINTS)
def test_what_complains_of_nobody_in_office_is_left_alone(text: str):
    assert not load_officials().complained_of(text)


def test_what_stands_far_apart_is_no_complaint_about_an_official():
    text = "主任今天上午在会上把明年的计划念了一遍,大家听得很认真,散会以后又去看了两户人家。门口有人打人"
    assert not load_officials().complained_of(text)


def test_a_very_long_text_is_judged_at_once():
    assert not load_officials().complained_of("主任" + "说了很多话" * 4000 + "打人")
