"""`lianxin admin …`: one-time codes and the list of units, from the command line."""

import click


@click.group()
def admin() -> None:
    """Let the first administrator in, and hand out codes for groups and staff.

    Settings come from the environment, as for `lianxin run`. A UNIT is named as in the city's files, or by part of
    its name; the dispatchers' and the supervisors' groups have names too (see `lianxin admin departments`).
    """


@admin.command()
def invite() -> None:
    """Print a one-time code that makes whoever sends it to the bot an administrator (good for 24 hours)."""
    from bot.commands import admitting  # noqa: PLC0415 - the tables take a second to import, --help should not

    code = admitting.administrator_code()
    click.echo(f"Open a private chat with the bot and send it, within 24 hours:\n\n    /start {code}\n")
    click.echo("The code works once. Whoever sends it administers the bot: give it to nobody else.")


@admin.command()
@click.argument("unit")
def bind(unit: str) -> None:
    """Print a one-time code that binds a group to UNIT (good for 24 hours)."""
    from bot.commands import admitting  # noqa: PLC0415 - as above

    name, code = admitting.binding_code(unit)
    click.echo(f"{name}: add the bot to the group, then send there, within 24 hours:\n\n    /bind {code}\n")
    click.echo("The code works once. A group bound before gives way to the new one.")


@admin.command()
@click.argument("unit")
def staff(unit: str) -> None:
    """Print a one-time code that makes one person staff of UNIT (good for 7 days)."""
    from bot.commands import admitting  # noqa: PLC0415 - as above

    name, code = admitting.staff_code(unit)
    click.echo(f"{name}: the colleague opens a private chat with the bot and sends it, within 7 days:\n")
    click.echo(f"    /start {code}\n\nThe code works once, for one person.")


@admin.command()
@click.argument("unit")
@click.argument("name", required=False)
def handler(unit: str, name: str | None) -> None:
    """Let NAME of UNIT's staff handle its confidential appeals; without NAME, list who could and who does."""
    from bot.commands import handlers  # noqa: PLC0415 - as above

    if name is None:
        for each in handlers.staff_of(unit):
            click.echo(f"{'handler' if each.current else '':8} {each.name} {each.badge}".rstrip())
        return
    where, who = handlers.name_handler(unit, name)
    click.echo(f"{where}: {who} handles confidential appeals from now on, in a private chat with the bot.")


@admin.command()
def departments() -> None:
    """List the units: whether each has a group, and how many staff."""
    from bot.commands import admitting  # noqa: PLC0415 - as above

    for name, bound, heads in admitting.offices_manned():
        click.echo(f"{'group' if bound else 'no group':10}{heads:3} staff  {name}")


@admin.command()
def unhook() -> None:
    """Tell the platform to send updates nowhere, so that `lianxin run` can fetch them by itself again."""
    from bot.commands import admitting  # noqa: PLC0415 - as above

    admitting.unhook()
    click.echo("The webhook is off; nothing that waits is lost. Start `lianxin run` without LIANXIN_WEBHOOK_URL.")
