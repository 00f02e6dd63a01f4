from bot.delivery.pacing import Pacer


class Hands:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def _most_in(seconds: float, *, chat: int, method: str = "sendMessage") -> int:
    hands = Hands()
    pacer = Pacer(clock=hands)
    sent = 0
    while hands.time < seconds:
        wait = pacer.wait(chat, method)
        if wait == 0:
            pacer.went(chat, method)
            sent += 1
        else:
            hands.time += wait
    return sent


def test_a_group_gets_fewer_than_twenty_messages_a_minute():
    assert 10 <= _most_in(60, chat=-5) < 20


def test_edits_count_and_reactions_do_not():
    assert _most_in(60, chat=-5, method="editMessageText") < 20
    assert _most_in(10, chat=-5, method="setMessageReaction") > 100


def test_an_album_counts_as_many_messages_as_it_has_parts_and_still_goes():
    hands = Hands()
    pacer = Pacer(clock=hands)
    sent = 0
    while hands.time < 60:
        if wait := pacer.wait(-5, "sendMediaGroup", 10):
            hands.time += wait
            continue
        pacer.went(-5, "sendMediaGroup", 10)
        sent += 10
    assert sent == 10


def test_a_person_gets_about_one_message_a_second():
    assert 50 <= _most_in(60, chat=5) <= 61


def test_all_chats_together_stay_under_thirty_a_second():
    hands = Hands()
    pacer = Pacer(clock=hands)
    for chat in range(1, 29):
        assert pacer.wait(chat, "sendMessage") == 0
        pacer.went(chat, "sendMessage")
    assert 0 < pacer.wait(99, "sendMessage") <= 1


def test_a_parked_chat_waits_and_its_neighbour_does_not():
    hands = Hands()
    pacer = Pacer(clock=hands, enabled=False)
    pacer.park(7, 3)
    assert pacer.wait(7, "sendMessage") == 3
    assert pacer.wait(8, "sendMessage") == 0
    hands.time = 3
    assert pacer.wait(7, "sendMessage") == 0
