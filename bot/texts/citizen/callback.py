"""请打电话给我: words about a call that somebody wishes for."""

CALL_ME = "请打电话给我"
ANOTHER_TIME = "换个时间"
NO_CALL = "不用打了"
SEND_CARD = "发送我的号码"
ASK_NUMBER = "打哪个号码找您?请把号码打出来,或者把您自己的名片发给我。"
ASK_TIME = "什么时候打给您方便?说一句就行,比如「下午三点以后」。"
WITHDRAWN = "好,不打了。有事直接说就行。"
SETTLED = "这个电话已经打过了,或者不用打了。还想让人打给您,再点一次「请打电话给我」。"
NO_ANSWER = "刚才打您的电话,没有打通。\n方便接的时候,再点一下「请打电话给我」。"


def wanted(*, time: str, number: str) -> str:
    """Promise a call, and say which number is ours."""
    return f"好。会有人打给您,{time}。\n打来的号码是{number},问您要验证码、要转账的,都不是我们。"
