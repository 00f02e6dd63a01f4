"""What somebody in danger is told at once: whom to telephone, what to do."""

from storage.domain.city import Phones
from storage.domain.dangers import Danger

SAFE = "我安全了,接着说"
GO_ON = "接着说"
NO_EMERGENCY = "不是急事"
CALL_ME = "留个电话,请打给我"
SAFE_NOW = "我现在安全"
ADD = "补充"

GONE_ON = "好。还有什么要说的,直接说就行。"
NO_EMERGENCY_NOTED = "好,不按急事办。"
DISPATCHERS_DECIDE = "好,记下了,值班的人会看到。还有什么要说的,直接说就行。"
TO_CALL: dict[Danger, str] = {
    Danger.GENERAL: "110、119、120、122",
    Danger.CRIME: "110、119、120、122",
    Danger.GAS: "119、{gas}",
    Danger.FIRE: "119",
    Danger.WIRES: "119、{power}",
    Danger.INJURY: "120",
    Danger.VIOLENCE: "110、{sms}、12338",
    Danger.DESPAIR: "12356、120、110",
    Danger.MISSING: "110",
}
_GENERAL = (
    "先保平安。请现在就打电话:\n110 报警\n119 着火、被困\n120 救人\n122 车祸\n"
    "我只能转达,不能替您报警。\n安全了再告诉我,接着办。"
)
_SENTENCES: dict[Danger, str] = {
    Danger.GENERAL: _GENERAL,
    Danger.CRIME: _GENERAL,
    Danger.GAS: ("先关阀门、开窗,别开灯、别点火,人到外面去。\n在外面打 119,或燃气抢修{gas}。\n安全了再告诉我。"),
    Danger.FIRE: "人先出来,不要拿东西,不要坐电梯。\n马上打 119,说清在哪儿、烧的什么、有没有人困在里面。",
    Danger.WIRES: "离远一点,别碰,也别让孩子靠近。\n请打 119,或供电抢修{power}。",
    Danger.INJURY: "请马上打 120,说清在哪儿、人怎么样。电话先别挂。",
    Danger.VIOLENCE: (
        "请先到安全的地方,马上打 110。\n不方便说话,可以发短信到{sms},写清在哪儿、出了什么事。\n妇女儿童求助:12338。"
    ),
    Danger.DESPAIR: (
        "您现在很难受,我听到了。\n"
        "请现在就打 12356,有人一直陪您说话。\n"
        "身边有人的话,请叫他过来陪着您。\n"
        "有马上的危险,请打 120 或 110。\n"
        "我已经告诉值班的人。您可以接着跟我说。"
    ),
    Danger.MISSING: "请马上打 110,不用等 24 小时。\n说清最后在哪儿看见、穿什么衣服。有照片先备好。",
}


def sentence(danger: Danger, *, phones: Phones) -> str:
    """Say what to do now, with the city's numbers in it."""
    return _SENTENCES[danger].format(gas=phones.gas, power=phones.power, sms=phones.sms_police)


def to_call(danger: Danger, *, phones: Phones) -> str:
    """List the numbers that the sentence names."""
    return TO_CALL[danger].format(gas=phones.gas, power=phones.power, sms=phones.sms_police)


def registered(*, number: str) -> str:
    """Tell that it is filed as an emergency."""
    return f"已按急事登记:{number}。值班的人正在看。\n有危险还是请打 110、119、120,那边最快。"
