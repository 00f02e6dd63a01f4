"""What administrators read in private, and what a group hears when it is bound or is a stranger."""

from collections.abc import Sequence

from bot.texts.fitting import fit
from storage.domain.city import Department

GROUPS = {"triage": "派单群", "supervision": "监督群"}

STRANGE_GROUP = "这个群没有绑定,我先退出。请管理员发绑定码。"
NOW_ADMINISTRATOR = (
    "您现在是管理员。\n"
    "/bind 绑定群,比如:/bind 派单群\n"
    "/staff 请人进名单,比如:/staff 城市管理局\n"
    "/handler 指定保密件的专办人,比如:/handler 城市管理局\n"
    "/departments 看哪些单位有群、有几个人\n"
    "/health 看机器人好不好\n"
    "/retrain 用办结的诉求重新训练机器,/models 看各版模型\n"
    "先绑定派单群,再绑定各单位的群。"
)
NOW_DISPATCHER = "您现在是派单员。拿不准归谁管的诉求会发到派单群,在那里点一下就派出。还没进群的话,请找管理员。"
NOW_SUPERVISOR = "您现在是监督员。要您定的事会发到监督群。还没进群的话,请找管理员。"
STAFF_USAGE = "请写单位的名字,比如:/staff 城市管理局。派单员、监督员:/staff 派单群,/staff 监督群。"
WHICH = "您说的是哪一个?点一下:"
DEAD_UPDATE = "有一条消息办不下去,已经存好,也跟发的人说了。请看日志,修好后再办。"
QUARANTINED = "平台发来一条看不懂的更新,已经单独存好,别的照常办。请看日志。"
RIGHTS = {"write": "发消息", "delete": "删消息", "topics": "管理话题"}
_TOPICS_SETTLED = {
    "reopened": "{name}的话题被关了,我重新打开了,接着在那里办。",
    "made": "{name}的话题不见了,我新建了一个,没办完的诉求卡已经重新发到那里。",
    "fell_back": "{name}的话题用不了,我又没有管理话题的权限,先改在群里办。要分开的话,请给我权限,再绑定一次。",
    "nowhere": "{name}的话题用不了,群里又是别的单位在办。要说的话先留着,请用 /bind 给它绑定一个地方。",
}
_NO_PROBLEM = "一切正常。"
_MANY = 12


def bound(*, name: str) -> str:
    """Tell a unit's group that it is bound."""
    return (
        f"本群已绑定:{name}。\n请把工作人员加进名单:管理员发 /staff。\n直接回复诉求卡,就是答复群众;别的话不会发出去。"
    )


def bound_triage(*, name: str) -> str:
    """Tell the dispatchers' group that it is bound."""
    return f"本群已绑定:{name}。\n请把派单员加进名单:管理员发 /staff {name}。\n拿不准归谁管的诉求会发到这里。"


def bound_supervision(*, name: str) -> str:
    """Tell the supervisors' group that it is bound."""
    return f"本群已绑定:{name}。\n请把监督员加进名单:管理员发 /staff {name}。"


def now_staff(*, department: str) -> str:
    """Tell somebody that they are staff of a unit, and what comes next."""
    return (
        f"您现在是{department}的工作人员。\n"
        "诉求会发到单位的群里:点「签收」接手,直接回复诉求卡就是答复群众。\n"
        "在群里发 /todo 看没办完的,/mine 看自己签收的,/t 用常用语。\n"
        "还没进群的话,请找管理员。"
    )


def bind_code(*, name: str, code: str) -> str:
    """Hand out the code that binds a group."""
    return f"{name}的绑定码:{code}\n24 小时内有效,只能用一次。\n1. 把我加进{name}的群。\n2. 在群里发:/bind {code}"


def staff_code(*, name: str, code: str) -> str:
    """Hand out the code that a colleague joins by."""
    return f"{name}的入职码:{code}\n7 天内有效,只能用一次,一人一个。\n请交给同事,让他私下给我发:/start {code}"


def roster(*, office: str, lines: Sequence[str]) -> str:
    """Say who works in an office."""
    if not lines:
        return f"{office}现在还没有人。"
    return fit("\n".join([f"{office}现在有{len(lines)}人:", *lines]))


def roster_line(*, name: str, post: str | None, badge: str | None) -> str:
    """Name one of them by post and badge."""
    return " ".join(each for each in (name, post or "", f"{badge}号" if badge else "") if each)


def dismiss(*, name: str) -> str:
    """Label the button that takes somebody off the list."""
    return f"移出名单:{name}"


def dismissed(*, name: str, office: str) -> str:
    """Say that somebody is off the list."""
    return f"{name}已经移出{office}的名单。他签收的件,群里会点名请人接手。"


def bind_usage(*, unbound: Sequence[str]) -> str:
    """Say how a group is bound, and what has none yet."""
    usage = "请写要绑定的群,比如:/bind 派单群,/bind 城市管理局。写几个字也能搜。"
    return f"还没有群的({len(unbound)}个):{listed(unbound)}。\n{usage}" if unbound else f"都绑定好了。\n{usage}"


def no_such(*, words: str) -> str:
    """Say that no unit bears this name."""
    return f"没有找到「{fit(words, 50)}」。请换几个字再试,比如:/bind 城管。"


def listed(names: Sequence[str]) -> str:
    """Name the first dozen, and how many there are besides."""
    shown = "、".join(names[:_MANY])
    return shown if len(names) <= _MANY else f"{shown}等{len(names)}个"


def unit_line(*, name: str, bound: bool, staff: int) -> str:
    """Write one unit of /departments."""
    return f"{name}:{'有群' if bound else '没有群'},{staff}人"


def departments(*, lines: Sequence[str], bound: int, total: int) -> str:
    """Write /departments."""
    return fit("\n".join([f"{total}个单位,{bound}个有群:", *lines]))


def healthy(*, waiting: int, seconds: int, undelivered: int, in_triage: int) -> str:
    """Write /health when nothing is wrong."""
    return f"{_NO_PROBLEM}\n待办消息{waiting}条,最久{seconds}秒;没送到{undelivered}条;派单群等着{in_triage}件。"


def unhealthy(*, problems: Sequence[str]) -> str:
    """Write /health when something is wrong."""
    return f"有{len(problems)}处要看:\n" + "\n".join(problems)


def problem_dead(*, n: int) -> str:
    """Updates failed."""
    return f"一天里有{n}条消息办不下去。请看日志,修好后再办。"


def problem_unreadable(*, n: int) -> str:
    """Updates could not be read."""
    return f"一天里有{n}条更新看不懂,已经单独存好。请看日志。"


def problem_slow(*, waiting: int, seconds: int) -> str:
    """Updates wait too long."""
    return f"待办消息{waiting}条,最久等了{seconds}秒。请看机器是不是太忙。"


def problem_undelivered(*, n: int) -> str:
    """Calls were refused by the platform."""
    return f"一天里有{n}条没送到。对方停用了机器人,或者群里没有权限;请看日志。"


def problem_no_group(*, names: Sequence[str]) -> str:
    """Groups are missing."""
    return f"还没有群:{listed(names)}。请用 /bind 绑定。"


def problem_lost(*, names: Sequence[str], n: int) -> str:
    """Groups or topics cannot be written to, and messages wait for them."""
    return f"群或话题用不了:{listed(names)}。留着{n}条没发;把我加回去,或者用 /bind 绑定别的群,就接着发。"


def problem_no_staff(*, names: Sequence[str]) -> str:
    """Groups have nobody who may act in them."""
    return f"有群没有人:{listed(names)}。请用 /staff 请人进名单。"


def office_name(purpose: str, unit: Department | None) -> str:
    """Name an office: its unit, or what its group is for."""
    return unit.name if unit else GROUPS.get(purpose, "")


def handler_left(*, name: str, office: str) -> str:
    """Tell an administrator that nobody handles what is confidential any more."""
    return f"{office}的专办人{name}不在名单里了,保密件没人能看。请发 /handler {office} 指定一位。"


def office_lost(*, names: Sequence[str]) -> str:
    """Tell an administrator that the bot cannot write in a group any more."""
    return (
        f"{listed(names)}的群用不了了:我被移出了,或者不让我说话。要在那里说的话先留着。\n"
        "请把我加回去;换了群的话,请用 /bind 重新绑定。"
    )


def office_back(*, names: Sequence[str]) -> str:
    """Tell an administrator that a group works again."""
    return f"{listed(names)}的群又能用了,留着的话已经接着发。"


def office_moved(*, names: Sequence[str]) -> str:
    """Tell an administrator that a group has become a supergroup."""
    return f"{listed(names)}的群升级成了超级群,绑定已经跟过去,没办完的诉求卡重新发了一遍。不用您做什么。"


def topic_settled(*, how: str, names: Sequence[str]) -> str:
    """Tell an administrator what became of a topic that could not be written to."""
    return _TOPICS_SETTLED[how].format(name=listed(names))


def cannot_write(*, names: Sequence[str]) -> str:
    """Tell an administrator that a group was bound in which the bot may not speak."""
    return f"{listed(names)}的群绑定了,可是那里不让我说话。请给我发消息的权限,再绑定一次。"


def rights_missing(*, rights: Sequence[str]) -> str:
    """Tell a group which rights the bot has not, and what that means."""
    named = "、".join(RIGHTS[each] for each in rights)
    topics = "话题被删了、关了,我重开不了,会改到群里发。" if "topics" in rights else ""
    return f"我在这里还没有这些权限:{named}。照样能办件。{topics}方便的话,请设我为管理员。"
