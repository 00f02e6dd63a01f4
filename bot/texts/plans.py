"""Extensions, plans and conclusions (延期, 列入计划, 终结): what staff are asked, supervisors decide, citizens hear."""

import re

from bot.texts.concerns import ONLY_TO_CHECK

EXTEND = "申请延期"
DEFER = "列入计划"
CONCLUDE = "申请终结"
WRITE_PROGRESS = "写进展"
DONE_ALREADY = "已经办成"
AGREE = "同意"
DISAGREE = "不同意"
DISAGREE_GO_ON = "不同意,接着办"
ONE = "监督员"

WHY_EXTEND = "为什么要延?这个原因会原样告诉群众。\n写的时候,请回复这一条。"
WHY_DEFER = "为什么现在办不成?这个原因会原样告诉群众。\n写的时候,请回复这一条。"
WHAT_PROMISE = "打算怎么办?写一句承诺,会告诉群众。\n写的时候,请回复这一条。"
WHICH_DAY = "哪天办成?请写日期,比如 2027年5月1日。\n写的时候,请回复这一条。"
NO_DATE_READ = "这里没看出日期。请写成 2027年5月1日 这样,要在今天以后、三年以内。回复这一条。"
WHAT_FACTS = "查到的情况是什么?原样告诉群众。\n写的时候,请回复这一条。"
WHAT_BASIS = "依据哪条规定?\n写的时候,请回复这一条。"
WHICH_WAY = "群众还可以找谁、走什么路?\n写的时候,请回复这一条。"
WHAT_PROGRESS = "请写一句现在到哪一步,会发给群众。\n写的时候,请回复这一条。"
DEFERRAL_ASKED = "列入计划的申请交给监督员了。没批之前,照常办、照常计时。"
CONCLUSION_ASKED = "终结申请交给监督员了,要两位同意。没同意之前,照常办、照常计时。"
TAKEN_UP = "好,接着往下办。办完请点「答复办结」。"
PROGRESS_SENT = "正在发给群众。"
CONFIDENTIAL = "保密件,内容不在群里显示。"
OBJECT = "我不同意,找监督员"
NEW_FACTS = "有新情况"
ANOTHER_LOOK = "找监督员再看一次"
NOTED = "知道了"
TOO_LATE = "同意晚了,这件事已经变了,申请作废。承办单位也知道了,还要的话,他们会重新申请。"
#: What was asked for, in a word, by its kind.
WANTED = {
    "extension": "延期",
    "deferral": "列入计划",
    "conclusion": "终结",
    "late_ask": "最后一天请补充",
    "unreachable": "「联系不上」",
    "longer": "改长期限",
    "answer": "这样答复",
}


def how_long(*, most: int) -> str:
    """Ask by how many days to extend."""
    return f"延几个工作日?最多延{most}个,只能延一次。"


def days_label(*, days: int, day: str) -> str:
    """Label a button with the days and the new date."""
    return f"{days}天,到{day}"


def extension_asked(*, due: str) -> str:
    """Say that the limit stays until a supervisor agrees."""
    return f"延期申请交给监督员了。没批之前,期限不变:{due}。"


def want_extension(*, number: str, department: str, reason: str, old: str, new: str) -> str:
    """Ask the supervisors to extend (【申请延期】)."""
    return f"【申请延期】{number} {department}\n原因:{reason}\n{old} → {new}\n不批就按原期限算。"


def want_deferral(*, number: str, department: str, reason: str, promise: str, day: str) -> str:
    """Ask the supervisors to put it into the plan (【申请列入计划】)."""
    return f"【申请列入计划】{number} {department}\n原因:{reason}\n承诺:{_unstopped(promise)},{day}"


def want_conclusion(*, number: str, reopens: int, department: str, facts: str, basis: str, words: str) -> str:
    """Ask two supervisors to conclude (【申请终结】)."""
    said = f"\n群众说:{words}" if words else ""
    return (
        f"【申请终结】{number} 重办{reopens}次\n{department}查明:{facts}\n依据:{basis}{said}\n"
        "要两位监督员同意。结果记为「未解决」。"
    )


def first_agreed(*, name: str) -> str:
    """Say that one of two agreed."""
    return f"{name}同意了,还要一位。"


def decided(*, text: str, agreed: bool, name: str, reason: str = "") -> str:
    """Write what is left of the card once it is decided."""
    why = f":{reason}" if reason else ""
    return f"{text}\n{'已同意' if agreed else '没有同意'}({name or ONE}){why}"


def moot(*, text: str, status: str) -> str:
    """Write what is left of the card when there is nothing to decide any more."""
    return f"{text}\n不用再定,现在是:{status}"


def in_private(*, number: str, department: str, text: str) -> str:
    """Show one supervisor what a unit writes about a confidential appeal."""
    return f"{number} {department}写的:\n{text}\n{ONLY_TO_CHECK}"


def refused(*, what: str, number: str, due: str) -> str:
    """Tell the unit that the supervisors did not agree."""
    return f"{number} {WANTED.get(what, '申请')}没有同意,请接着办。{_unchanged(due)}"


def lapsed(*, text: str, name: str) -> str:
    """Write what is left of the card where the yes came too late."""
    return f"{text}\n同意的时候已经晚了,申请作废({name or ONE})"


def lapsed_to_unit(*, what: str, number: str, due: str) -> str:
    """Tell the unit that the yes came too late."""
    return f"{number} {WANTED.get(what, '申请')}同意晚了,申请作废。{_unchanged(due)}"


def _unchanged(due: str) -> str:
    return f"期限不变:{due}。" if due else ""


def extended(*, number: str, due: str) -> str:
    """Tell the unit that the limit moved."""
    return f"{number} 延期同意了,现在最迟 {due}。群众已经知道。"


def deferred(*, number: str, day: str) -> str:
    """Tell the unit that it is in the plan now."""
    return f"{number} 列入计划同意了,{day}前办成。不算办结,每 30 天报一次进展。"


def concluded(*, number: str) -> str:
    """Tell the unit that it is over."""
    return f"{number} 终结同意了,已结案,结果记为「未解决」。"


def taken_up(*, number: str, due: str) -> str:
    """Tell the unit that the promised day has come."""
    return f"{number} 承诺的日子到了,请办结。最迟 {due}答复群众。"


def promised(*, day: str) -> str:
    """Say on the unit's card what was promised."""
    return f"承诺{day}前办成,不算办结"


def progress_wanted(*, number: str, title: str, day: str) -> str:
    """Ask the unit for a word of progress (【报进展】)."""
    return f"【报进展】{number} {title}\n承诺{day}办成。请写一句现在到哪一步,会发给群众。"


def citizen_extended(*, department: str, reason: str, old: str, new: str) -> str:
    """Tell the citizen that it takes longer."""
    return f"{department}要多办几天,监督员同意了。\n原因:{reason}\n原来说{old},现在最迟{new}。只延这一次。"


def citizen_deferred(*, department: str, reason: str, promise: str, day: str) -> str:
    """Tell the citizen that it cannot be done now."""
    return (
        f"您反映的事,{department}眼下办不成。\n原因:{reason}\n他们承诺:{_unstopped(promise)},{day}前办。\n"
        "这件不算办完,我一直盯着,每 30 天告诉您一次。"
    )


def citizen_progress(*, number: str, progress: str, following: str) -> str:
    """Tell the citizen how far it is; without `following` the promised day is next."""
    return f"{number} 有进展:{progress}" + (f"\n下一次告诉您:{following}。" if following else "")


def citizen_taken_up(*, department: str, due: str) -> str:
    """Tell the citizen that the promised day has come."""
    return f"{department}承诺的日子到了,已经接着办。最迟{due}答复您。"


def citizen_concluded(*, times: int, facts: str, basis: str, way: str) -> str:
    """Tell the citizen that it ends here, and the other way there is."""
    return (
        f"这件事已经办过{times}次,我们查到的情况是:\n{facts}\n依据:{basis}\n"
        "照现在的规定,办不到您要的结果,这里就不再重复办了。结果记为「群众表示未解决」,不算解决。\n"
        f"您还可以:{way}\n有新情况,随时再说。"
    )


def citizen_stands(*, number: str, title: str, department: str, day: str, following: str) -> str:
    """The citizen's card of what is in the plan."""
    told = f",下一次告诉您进展:{following}" if following else ""
    return f"{number} {title}\n现在:列入计划,{department}承诺{day}前办成{told}。这件不算办完"


def _unstopped(said: str) -> str:
    """Return a sentence after which one can go on."""
    return re.sub(r"[\s。.!!;;,,]+$", "", said)
