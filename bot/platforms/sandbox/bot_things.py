"""Bot API methods that send what is no file: places, contacts, polls, dice."""

from aiogram import methods

from bot.platforms.sandbox.answering import answers
from bot.platforms.sandbox.bot_chats import joined_chat, own_message
from bot.platforms.sandbox.bot_writing import post
from bot.platforms.sandbox.calls import Call
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.things import DICE, dice_content, place, poll_content, venue_content

_OPTIONS = range(1, 13)


@answers(methods.SendLocation)
async def send_location(call: Call, method: methods.SendLocation) -> Json:
    """Send a point on the map."""
    return post(call, method, {"location": place(method.latitude, method.longitude)})


@answers(methods.SendVenue)
async def send_venue(call: Call, method: methods.SendVenue) -> Json:
    """Send a place that has a name."""
    point = place(method.latitude, method.longitude)
    return post(call, method, venue_content(point, title=method.title, address=method.address))


@answers(methods.SendContact)
async def send_contact(call: Call, method: methods.SendContact) -> Json:
    """Send a telephone number with a name."""
    last = {"last_name": method.last_name} if method.last_name else {}
    return post(
        call, method, {"contact": {"phone_number": method.phone_number, "first_name": method.first_name, **last}}
    )


@answers(methods.SendPoll)
async def send_poll(call: Call, method: methods.SendPoll) -> Json:
    """Ask all of a chat for their opinion."""
    options = [one if isinstance(one, str) else one.text for one in method.options]
    if len(options) not in _OPTIONS:
        raise ApiError(400, "Bad Request: poll must have from 1 to 12 answer options")
    anonymous = method.is_anonymous is not False
    several = bool(method.allows_multiple_answers)
    return post(call, method, poll_content(method.question, options, anonymous=anonymous, several=several))


@answers(methods.StopPoll)
async def stop_poll(call: Call, method: methods.StopPoll) -> Json:
    """Close an own poll."""
    chat = joined_chat(call, method.chat_id)
    record = own_message(call, chat, method.message_id)
    poll: Json | None = record["message"].get("poll")
    if poll is None:
        raise ApiError(400, "Bad Request: message with poll to stop not found")
    if poll["is_closed"]:
        raise ApiError(400, "Bad Request: poll has already been closed")
    closed = {**poll, "is_closed": True}
    call.platform.office.edit(chat, record, {"poll": closed}, None)
    return closed


@answers(methods.SendDice)
async def send_dice(call: Call, method: methods.SendDice) -> Json:
    """Throw a die."""
    emoji = method.emoji or DICE[0]
    if emoji not in DICE:
        raise ApiError(400, "Bad Request: invalid dice emoji specified")
    return post(call, method, dice_content(emoji))
