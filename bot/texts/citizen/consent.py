"""The first meeting: who we are, what is kept of what is said, and the question whether that is all right."""

AGREE_AND_START = "同意,开始说"
AGREE = "同意"
DETAILS = "看详细说明"
REFUSE = "不同意"
REFUSE_ABROAD = "不同意,改打电话"

KEPT_MORE = "也记下了。点「同意」就接着办。"

ABROAD = "还有一件事要您点头:\n这个聊天软件的服务器在境外,您发的消息会经过那里。"


def welcome(*, city: str, years: int, hotline: str) -> str:
    """Greet somebody who has agreed to nothing yet."""
    return (
        f"您好,这里是{city}连心办。\n"
        "有难处、有意见,直接跟我说:打字、发语音、拍照片都行。\n"
        "我转给管事的单位,盯着他们办,办完再来问您满意不满意。\n\n"
        "先跟您说三件事:\n"
        "· 您说的内容,只给办这件事的人看。您的姓名、账号、电话不发到群里。\n"
        f"· 记录保存{years}年。您随时可以要我删掉。\n"
        f"· 这个聊天软件的服务器可能在境外。不放心,请打{hotline}。\n\n"
        "有人身危险,请马上打 110、119、120。"
    )


def kept(*, city: str) -> str:
    """Say that what came before the consent is kept, and who keeps it."""
    return f"您好,这里是{city}连心办。\n您刚才说的,我先替您留着。\n点「同意」就接着办,不用重说一遍。"


def refused(*, hotline: str, hall: str) -> str:
    """Say that it is deleted, and where else one can go."""
    return f"好的。您刚才发的,我已经删掉了。\n您可以打{hotline},也可以到{hall}当面说。\n哪天想用,再给我发消息就行。"


def privacy(*, city: str, years: int, hotline: str, hall: str) -> str:
    """Explain in full what is kept, who sees it, how long, and what one can ask for."""
    return (
        f"{city}连心办怎样对待您的信息(第 1 版)\n\n"
        "一、我们记什么\n"
        "您在这里说的话、发来的照片、语音和文件、地点、提交的时间、办理的经过和您的评价。电话只在您自己留下时才记。"
        "聊天软件告诉我们的,只有您的账号编号和用户名;不读您的通讯录,也不读您别的聊天。\n\n"
        "二、拿来做什么\n"
        "只用来办您的诉求、答复您、问您满意不满意,和做不带姓名的统计。\n\n"
        "三、谁看得到\n"
        "承办单位和派单员看得到事情和地点,看到的名字是一个随机代号。您写在话里的电话、证件号会打上星号;照片、语音里的,我们盖不住。"
        "您留的电话只给经办的那一位看,每看一次都有记录。\n\n"
        "四、机器做什么\n"
        "程序会猜这件事归哪个单位。猜得对不对,提交前您都能改;拿不准的由工作人员来定。\n\n"
        "五、留多久、在哪里\n"
        f"记录保存{years}年,存在本地的机器上。这个聊天软件的服务器可能在境外,消息会经过那里。\n\n"
        "六、您能要求什么\n"
        f"想看、想改、想删,或者不想再用,随时可以提:打{hotline},或者到{hall}。不同意也不影响您用别的办法反映。"
    )
