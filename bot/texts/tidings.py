"""What the unit hears of its citizen (群众那边的动静): more words, a rating, a reopening, what did not arrive."""

from bot.texts import reaching
from bot.texts.office import WAITS_FOR_RATING, bracketed


def supplement(*, number: str, text: str) -> str:
    """Show what the citizen added."""
    return f"{number} 群众补充:\n{text}" if text else f"{number} 群众补充:"


def reworded(*, number: str, text: str) -> str:
    """Show what the citizen changed their words to."""
    return f"{number} 群众改了说过的话,现在是:\n{text}"


def things_lost(*, number: str, text: str) -> str:
    """Say that something the citizen sent did not come through; `text`: the words that came with it."""
    lost = f"{number} 群众发来的附件,有的没能转过来,已经请他再发一次。"
    return f"{lost}\n群众说:\n{text}" if text else lost


def withdrawn(*, number: str) -> str:
    """Say that nothing is left to do."""
    return f"{number} 群众撤回了,不用再办。"


def reopened(*, number: str, times: int, words: str, due: str | None, by_citizen: bool) -> str:
    """Say that it was not solved, as the citizen says, or that the supervisors want it handled again."""
    said = f"群众说还没解决:\n{words}" if words else "群众说还没解决。"
    if not by_citizen:
        said = "监督员要求重办。"
    again = f"最迟 {due}再答复。" if due else ""
    return "\n".join(part for part in (f"【重办】{number} 第{times}次", said, again) if part)


def answered(*, number: str) -> str:
    """Say that the answer arrived."""
    return f"{number} {WAITS_FOR_RATING}"


def caught_up(*, number: str) -> str:
    """Say that what was stored has arrived after all."""
    return f"{number}的答复,刚才补发到了。"


def rated(*, number: str, outcome: str, staff: str, solved: bool) -> str:
    """Tell the unit how it ended; nobody is thanked for what stayed unsolved."""
    thanks = (f"谢谢{staff}。" if staff else "谢谢大家。") if solved else ""
    return f"{number} 已结案:{outcome}。{thanks}"


def outcome(*, solved: bool | None, satisfaction: str | None) -> str:
    """Write the citizen's own verdict."""
    if solved is None:
        return "群众没有评价"
    verdict = "群众说解决了" if solved else "群众说没解决"
    satisfied = {"satisfied": ",满意", "fair": ",基本满意", "dissatisfied": ",不满意"}
    return verdict + satisfied.get(satisfaction or "", "")


def praise(*, place: str, alias: str, text: str) -> str:
    """Pass praise on."""
    return f"【表扬】{place}\n{alias}:\n{text}"


def undelivered(*, number: str, due: str | None, is_open: bool, has_phone: bool, left: bool, answer: bool) -> str:
    """Say plainly that the words did not arrive; `left`: the citizen stopped or blocked the bot."""
    what = "答复" if answer else "回复"
    why, then = f"您的{what}没有送到:平台没有收下。", "请改一改,再发一次。"
    if left and has_phone:
        why = f"您的{what}没有送到:对方停用了机器人,或者拉黑了。"
        then = "请打电话告诉本人。对方回来,我会自动补发。"
    elif left:
        why, then = f"您的{what}没有送到,对方也没有留电话。", f"{what}替您存着,对方一回来就发。"
    if left and answer and is_open:
        then = reaching.then(has_phone=has_phone)
    counts_on = "这条不算已答复,时间照常算。" + _latest(due) if is_open else ""
    return "\n".join(line for line in (bracketed("没送到", number), why, counts_on, then) if line)


def _latest(due: str | None) -> str:
    return f"最迟 {due}。" if due else ""
