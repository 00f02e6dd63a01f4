"""What administrators read about the classifier: a training on its way, its report card, the versions, the weeks."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.texts.fitting import fit

STOP: Final = "停止"
USE: Final = "启用新的"
LEAVE: Final = "不用"
MAP: Final = "看混淆图"
SURPRISES: Final = "看分歧最大的十条"
EXAMPLES: Final = "看例子"
SUSPECTS: Final = "看可疑的派单"
BACK: Final = "退回上一版"
IN_USE: Final = "正在用"
USED: Final = "已启用"
NOT_USED: Final = "没有启用"
LEFT: Final = "好的,照旧用原来的模型。"
STOPPED: Final = "训练停了,照旧用原来的模型。"
KILLED: Final = "上次的训练没有做完(机器人中途停过),照旧用原来的模型。请重新发 /retrain。"
FAILED: Final = "训练没有成功,照旧用原来的模型。原因在日志里。"
NO_SURPRISES: Final = "新旧模型在这批诉求上没有分歧。"
NO_SUSPECTS: Final = "没有发现可疑的派单。"
FIRST: Final = "出厂模型"
_FEW: Final = 5


def on_the_way(*, percent: int) -> str:
    """Tell how far a training is."""
    return f"正在训练 {percent}%\n用已确认的诉求和导入的样本。可以照常办件。"


def done() -> str:
    """Take the place of the progress once a training is over."""
    return "训练完了,成绩单在下面。"


def share(value: float) -> str:
    """Write a share (0 to 1) in percent."""
    return f"{100 * value:.1f}%"


def report(
    *,
    n: int,
    accuracy: tuple[float, float],
    sure: tuple[float, float],
    coverage: tuple[float, float],
    better: Sequence[str],
    worse: Sequence[str],
) -> str:
    """Put the old and the new model side by side."""
    return "\n".join(
        [
            f"新旧对比(同一批没见过的诉求,固定的{n}条):",
            "        旧      新",
            f"总准确  {share(accuracy[0])}  {share(accuracy[1])}",
            f"直接派准 {share(sure[0])}  {share(sure[1])}",
            f"直接派出 {share(coverage[0])}  {share(coverage[1])}",
            f"变好的单位:{_few(better)}",
            f"变差的单位:{_few(worse)}",
        ]
    )


def held_out(*, n: int, old: float, new: float) -> str:
    """Tell how both do on the town's own messages, whose labels nobody outside has looked at."""
    return f"本地留出的{n}条:旧{share(old)},新{share(new)}"


def _few(names: Sequence[str]) -> str:
    if not names:
        return "没有"
    return "、".join(names[:_FEW]) + (f"等{len(names)}个" if len(names) > _FEW else "")


def unit_moved(*, name: str, old: float, new: float, n: int) -> str:
    """Name a unit with its shares before and after."""
    return f"{name}({share(old)}→{share(new)},{n}条)"


def learnt(*, own: int, over_cap: int, repeated: int, disagreeing: int, suspects: int) -> str:
    """Say what was learnt from, and what was left out."""
    lines = [f"学了{own}条本地的诉求。"]
    left = [
        f"同一个人太多的{over_cap}条" if over_cap else "",
        f"重复的{repeated}条" if repeated else "",
        f"互相矛盾的{disagreeing}条" if disagreeing else "",
    ]
    if any(left):
        lines.append(f"没有学的:{'、'.join(each for each in left if each)}。")
    if suspects:
        lines.append(f"有{suspects}条派单可疑,请看一看。")
    return "\n".join(lines)


def fell(*, department: str, points: float) -> str:
    """Say that a unit's messages are found less often, so that the model may not be used."""
    return f"新模型在{department}差了{points:.0f}个百分点,不能启用。"


def fell_overall(*, points: float) -> str:
    """Say that fewer messages go right in all."""
    return f"新模型总准确差了{points:.1f}个百分点,不能启用。"


def fell_sure(*, points: float) -> str:
    """Say that more of what goes out by itself goes wrong."""
    return f"新模型直接派出的错得多了{points:.1f}个百分点,不能启用。"


def map_caption(*, legend: Sequence[str]) -> str:
    """Explain the picture; `legend` names the numbers where it bears no names."""
    text = "混淆图:一行是一个正确的单位,一列是新模型说的单位。绿的是说对的,红的是说错的。"
    names = " ".join(f"{at}{name}" for at, name in enumerate(legend, start=1))
    return fit(f"{text}\n{names}".strip(), 1000)


def surprise(*, at: int, text: str, label: str, old: str, new: str) -> str:
    """Tell one message on which the models disagree."""
    return f"{at}. {fit(text, 150)}\n   应派{label};旧:{old};新:{new}"


def surprises(*, lines: Sequence[str]) -> str:
    """Tell the messages on which the models disagree most."""
    return fit("\n".join(["分歧最大的:", *lines]))


def suspect(*, source: str, label: str, said: str, p: float) -> str:
    """Name one label that the others speak against."""
    return f"{source}:派给{label},像是{said}的({share(p)})"


def suspects(*, lines: Sequence[str]) -> str:
    """Name the labels to be looked at again."""
    return fit("\n".join(["这些派单和别的对不上,请核一核:", *lines]))


def version(name: str) -> str:
    """Name a version; the first bears no name of its own."""
    return name or FIRST


def promoted(*, name: str, old: str) -> str:
    """Say that a new model is used."""
    return f"已启用{version(name)}。不对的话,可以退回{version(old)}:发 /models。"


def rolled_back(*, day: str) -> str:
    """Say that the model before is used again."""
    return f"已退回{day}的模型。" if day else f"已退回{FIRST}。"


def day(when: date) -> str:
    """Write the day a model was trained on."""
    return f"{when.month}月{when.day}日"


def unusable(*, name: str) -> str:
    """Tell an administrator that a model cannot be loaded."""
    return f"模型{version(name)}打不开,还用着原来的。请看日志,再发 /models 退回,或者重新训练。"


def models(*, current: str, before: str | None, lines: Sequence[str], weeks: Sequence[str]) -> str:
    """Write /models."""
    parts = [f"正在用:{version(current)}"]
    parts += [f"可以退回:{version(before)}"] if before is not None else []
    parts += ["", "训练过的:", *lines] if lines else []
    parts += ["", "每周(机器拿不准的 / 派出后改了单位的 / 平均把握):", *weeks] if weeks else []
    return fit("\n".join(parts))


def model_line(*, name: str, state: str, accuracy: tuple[float, float] | None) -> str:
    """Write one version of /models."""
    figures = f",总准确{share(accuracy[0])}→{share(accuracy[1])}" if accuracy else ""
    return f"{name} {state}{figures}"


STATES: Final = {
    "ready": "没有启用",
    "refused": "不许启用",
    "dismissed": "没有启用",
}


def week(*, begins: date, filed: int, triage: float | None, corrected: float | None, confidence: float | None) -> str:
    """Write one week of /models."""
    figures = " / ".join("—" if each is None else share(each) for each in (triage, corrected, confidence))
    return f"{begins.month}月{begins.day}日起 {filed}件:{figures}"


MEASURES: Final = {"triage": "机器拿不准的", "corrected": "派出后改了单位的", "confidence": "平均把握"}


def drifted(*, measure: str, begins: date, value: float, low: float, high: float) -> str:
    """Tell an administrator that a week's figure left its band."""
    return (
        f"{begins.month}月{begins.day}日那一周,{MEASURES[measure]}是{share(value)},"
        f"平时在{share(low)}到{share(high)}之间。\n诉求可能变了样。请看 /models,必要时发 /retrain 重新训练。"
    )
