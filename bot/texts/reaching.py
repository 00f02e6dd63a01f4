"""An answer that did not arrive: what staff tell of their calls, what the unit and the supervisors read of it."""

TOLD = "已电话告知"
UNREACHABLE = "联系不上"
ASK_CALL = "什么时候打的?本人怎么说?写一句就行。\n监督员会抽查回访。\n写的时候,请回复这一条。"
ASK_TRIES = "请写明联系过几次、什么时间。监督员核实后,停止计时。\n写的时候,请回复这一条。"
TOLD_KEPT = "记下了,算已答复。监督员会抽查回访;对方回来,答复自动补发。"
TRIES_KEPT = "交给监督员核实了。核实之前,时间照常算。"
NOT_AS_NOBODY = "匿名的管理员不能记电话告知:要写明是谁打的。请先在群里取消匿名,再点一次。"
WAITS = "已电话告知,等群众评价。对方回来,答复自动补发。"


def then(*, has_phone: bool) -> str:
    """Say what to do about an answer that did not arrive because its citizen left."""
    if has_phone:
        return "请打电话告诉本人,打完点「已电话告知」。对方回来,我会自动补发。"
    return "答复替您存着,对方一回来就发。请点「联系不上」,由监督员核实。"


def told(*, number: str, staff: str) -> str:
    """Write what is left of 【没送到】 once somebody called."""
    return f"{number} 答复没送到,{staff or '本单位'}已电话告知本人。"


def stopped(*, number: str) -> str:
    """Tell the unit that the clock stands."""
    return f"{number} 监督员核实了,联系不上,停止计时。这件不算已答复;对方一回来,答复自动补发。"


def stands(*, day: str) -> str:
    """Say on the unit's card why no time is counted."""
    return f"联系不上,{day}起停止计时。对方一回来,答复自动补发"


def want_stop(*, number: str, department: str, words: str) -> str:
    """Ask the supervisors to look at how a citizen was tried to be reached (【核实联系不上】)."""
    return (
        f"【核实联系不上】{number} {department}\n他们说:{words}\n"
        "答复替群众存着,对方一回来就发。同意就停止计时,不算已答复;不同意就照常算。"
    )
