"""What `lianxin doctor` says: one plain English sentence a finding, with what to do."""

from collections.abc import Sequence

_MANY = 12

PRIVACY_ON = (
    "Group privacy mode is on: in groups the bot sees commands, mentions and replies to its messages, "
    "which is all it needs."
)
PRIVACY_OFF = (
    "Group privacy mode is off: the bot is sent everything said in its groups. It works so, but it needs only "
    "replies; turn it on with /setprivacy at @BotFather, then take the bot out of each group and add it again."
)
NO_GROUPS = (
    "No group is bound yet. Make yourself administrator with `lianxin admin invite`, then send /bind to the bot."
)
DATABASE_NEW = "The database is empty: `lianxin run` makes its tables at its first start."
DATABASE_CURRENT = "The database answers and its schema is up to date."
DATABASE_BEHIND = (
    "The database is of an older version. Back it up, then start `lianxin run`, which brings it up to date."
)
DATABASE_AHEAD = (
    "The database is of a newer version than this program. Install the newer program, or restore the older database."
)
MODEL = "The classifier's model loads."
NO_TRIAGE = "There is no dispatchers' group: appeals the classifier is unsure of reach nobody. Send /bind to the bot."
NO_DISPATCHERS = "The dispatchers' group has nobody who may dispatch. Use `lianxin admin staff` with its name."
NO_ADMINISTRATOR = "Nobody is administrator yet: alarms reach nobody. Use `lianxin admin invite`."
STAFFED = "Every unit has a group, and every group has staff."


def known_as(*, username: str) -> str:
    """Say that the token is good."""
    return f"The platform knows the token: the bot is @{username}."


def token_refused(*, api_base: str) -> str:
    """Say that the token is not."""
    return f"{api_base} does not know this token. Check LIANXIN_TOKEN and LIANXIN_API_BASE."


def platform_silent(*, api_base: str, error: str) -> str:
    """Say that the platform could not be asked."""
    return f"{api_base} does not answer ({error}). Check LIANXIN_API_BASE and the network, then ask again."


def in_groups(*, n: int) -> str:
    """Say that the bot may write in all groups."""
    return f"The bot is in all {n} bound groups and may write there."


def not_in_group(*, name: str, why: str) -> str:
    """Say what is wrong in one group."""
    return f"{name}: {why}. Add the bot to the group and let it write, or bind another group with /bind {name}."


def calendar_known(*, years: Sequence[int]) -> str:
    """Say that the promises rest on announced holidays."""
    return f"The working calendar of {' and '.join(map(str, years))} is known."


def calendar_this_unknown(*, year: int) -> str:
    """Say that this year's promises rest on guesses."""
    return (
        f"The holidays of {year} are not known: Monday to Friday is used, so promised dates can be wrong. "
        "Install a newer `holidays` package."
    )


def calendar_next_unknown(*, year: int) -> str:
    """Say that next year is not announced yet."""
    return (
        f"The holidays of {year} are not known yet: until then Monday to Friday is used for that year. "
        "They are announced in November; then install a newer `holidays` package."
    )


def groupless(*, names: Sequence[str]) -> str:
    """Name units without a group."""
    return f"Without a group: {listed(names)}. Their appeals wait for a dispatcher; bind their groups with /bind."


def staffless(*, names: Sequence[str]) -> str:
    """Name groups in which nobody may act."""
    return f"With a group but without staff: {listed(names)}. Invite them with `lianxin admin staff` or /staff."


def listed(names: Sequence[str]) -> str:
    """Name the first dozen, and how many there are besides."""
    rest = len(names) - _MANY
    return ", ".join(names[:_MANY]) + (f" and {rest} more" if rest > 0 else "")
