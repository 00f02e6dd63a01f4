"""How a unit's words read to the citizen: signed, and with what to do next."""

from collections.abc import Sequence


def signature(*, post: str | None, badge: str | None) -> str:
    """Name the one in charge by post and badge; empty where there is neither."""
    named = [post or "", f"{badge}号" if badge else ""]
    words = " ".join(each for each in named if each)
    return f"经办:{words}" if words else ""


def relay(*, department: str, text: str, files: str, signature: str) -> str:
    """Write what the unit says, as the citizen reads it; `files`: what comes with it, named where there is no word."""
    opening = [f"{department}:", text] if text else [f"{department}发来{files}。"]
    foot = [signature, "直接回复这条,就能跟他们说。"]
    return "\n".join([*opening, "", *(line for line in foot if line)])


def first_word(*, department: str, text: str, files: str) -> str:
    """Write the unit's first word to the citizen."""
    return f"{department}:您反映的事我们接手了,{text or f'发来{files}。'}\n直接回复这条,就能跟他们说。"


def question(*, department: str, text: str, files: str, until: str) -> str:
    """Ask the citizen for what is missing; `until`: the day the clock stands still till, empty where it runs."""
    pause = f"\n办理时间先停一停,最多等到{until}。" if until else ""
    return f"{department}想请您补充:\n{text or f'请看{files}。'}\n\n直接回复这条消息就行。{pause}"


def answer(*, department: str, text: str, signature: str, title: str, number: str) -> str:
    """Write the unit's answer, as the citizen reads it."""
    return "\n".join([f"{department}答复您了:", "", text, "", *_foot(signature, title, number)])


def verdict(*, word: str, text: str) -> str:
    """Write what becomes of a suggestion, before the reason."""
    return f"您的建议:{word}。\n{text}"


def answer_kept(*, department: str, text: str, signature: str, title: str, number: str) -> str:
    """Write the answer that waited for the citizen to come back."""
    opening = f"您回来了。您不在的时候,{department}答复过您:"
    return "\n".join([opening, "", text, "", *_foot(signature, title, number)])


def _foot(signature: str, title: str, number: str) -> Sequence[str]:
    return [*([signature] if signature else []), f"您反映的是:{title}({number})"]
