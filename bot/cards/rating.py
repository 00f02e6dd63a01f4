"""The questions after the answer (回访): three taps and a word, asked once more later, closed without them at last."""

from bot.cards.card import Card, Rows, data
from bot.cards.view import AppealView
from bot.services.rating import Outcome, Satisfaction
from bot.services.reopening import reopen_until
from bot.texts import dates
from bot.texts.citizen import progress
from bot.texts.citizen import rating as words
from storage.domain.words import Kind
from storage.tables import Appeal


def first_question(appeal: Appeal) -> Card:
    """The first question that its citizen has not answered yet."""
    return ask_contacted(appeal) if appeal.contact_confirmed is None else ask_solved(appeal)


def ask_contacted(appeal: Appeal) -> Card:
    """Ask whether anybody spoke with them."""
    yes = (words.CONTACTED, data("c.spoke", appeal.id, "yes"))
    return Card(words.ASK_CONTACTED, [[yes, (words.NOT_CONTACTED, data("c.spoke", appeal.id, "no"))]])


def ask_solved(appeal: Appeal, *, denies: bool = False) -> Card:
    """Ask whether it is solved; `denies`: they just said that nobody spoke with them, whatever the unit claims."""
    lead = (words.DENIED_CONTACT if appeal.contacted_at else words.SAID_NO_CONTACT) if denies else ""
    text = f"{lead}\n\n{words.ASK_SOLVED}" if lead else words.ASK_SOLVED
    return Card(text, [_solved_or_not(appeal)])


def ask_satisfied(appeal: Appeal) -> Card:
    """Ask how they found the handling."""
    levels = ((words.SATISFIED, "satisfied"), (words.FAIR, "fair"), (words.DISSATISFIED, "dissatisfied"))
    return Card(words.ASK_SATISFIED, [[(label, data("c.rate", appeal.id, level)) for label, level in levels]])


def ask_unhappy(seen: AppealView) -> Card:
    """Ask what was not good about a matter that is solved."""
    appeal = seen.appeal
    labels = [(label, data("c.why", appeal.id, reason)) for reason, label in words.UNHAPPY_REASONS.items()]
    labels.append((words.OTHER_REASON, data("c.why", appeal.id, "other")))
    return Card(words.unhappy(department=seen.department), [labels[:2], labels[2:]])


def ask_words(appeal: Appeal) -> Card:
    """Ask whether there is anything else to say."""
    return Card(words.ASK_WORDS, [[(words.DONE, data("c.done", appeal.id))]])


def ask_go_on(appeal: Appeal) -> Card:
    """Ask whether an unsolved appeal goes on."""
    return Card(words.ASK_GO_ON, [_go_on_or_not(appeal)])


def thanks(seen: AppealView, *, said: bool = False, asks: bool = True) -> Card:
    """Thank for the rating; `said`: for words after it, which only the supervisors read; `asks`: one thing more."""
    text = words.thanks(reopen_until=_until(seen))
    asked = _one_thing_more(seen.appeal) if asks else Card("")
    lines = [words.WORDS_KEPT if said else "", text, f"\n{asked.text}" if asked.text else ""]
    return Card("\n".join(each for each in lines if each), asked.rows)


def thanks_after(seen: AppealView, answer: str) -> Card:
    """Say that the answer to that one thing is kept."""
    return Card(f"{words.thanks(reopen_until=_until(seen))}\n\n{answer}")


def _one_thing_more(appeal: Appeal) -> Card:
    """Ask who is content whether it may be shown to others, and who is not whether somebody presses them."""
    if appeal.citizen_outcome == Outcome.UNSOLVED or appeal.satisfaction == Satisfaction.DISSATISFIED:
        yes, no = data("c.pressed", appeal.id, "yes"), data("c.pressed", appeal.id, "no")
        return Card(words.ASK_PRESSED, [[(words.PRESSED, yes), (words.NOT_PRESSED, no)]])
    if appeal.confidential or appeal.kind == Kind.REPORT:
        return Card("")
    yes, no = data("c.publish", appeal.id, "yes"), data("c.publish", appeal.id, "no")
    return Card(words.ASK_PUBLISH, [[(words.PUBLISH, yes), (words.KEEP_PRIVATE, no)]])


def ask_again(seen: AppealView) -> Card:
    """Ask once more, some days later; whoever called it unsolved is asked whether it goes on."""
    appeal = seen.appeal
    no_more = [(words.ASK_NO_MORE, data("c.hush", appeal.id))]
    if appeal.citizen_outcome is not None:
        text = f"{appeal.number} {appeal.title}\n{words.UNDECIDED}"
        return Card(text, [_go_on_or_not(appeal), no_more])
    day = dates.day(appeal.answered_at, seen.calendar) if appeal.answered_at else ""
    text = words.ask_again(department=seen.department, date=day)
    return Card(f"{appeal.number} {appeal.title}\n{text}", [_solved_or_not(appeal), no_more])


def unrated(seen: AppealView) -> Card:
    """Tell that it is closed without a rating."""
    return Card(words.unrated(number=seen.appeal.number, reopen_until=_until(seen)), _still_unsolved(seen.appeal))


def closed_unsolved(seen: AppealView) -> Card:
    """Tell that it is closed as unsolved, for its citizen said no more."""
    text = words.closed_unsolved(number=seen.appeal.number, reopen_until=_until(seen))
    return Card(text, _still_unsolved(seen.appeal))


def _solved_or_not(appeal: Appeal) -> list[tuple[str, str]]:
    return [(words.SOLVED, data("c.solved", appeal.id)), (words.NOT_YET, data("c.notyet", appeal.id))]


def _go_on_or_not(appeal: Appeal) -> list[tuple[str, str]]:
    return [(words.GO_ON, data("c.reopen", appeal.id)), (words.LEAVE_IT, data("c.leave", appeal.id))]


def _still_unsolved(appeal: Appeal) -> Rows:
    return [[(progress.NOT_SOLVED, data("c.unsolved", appeal.id))]]


def _until(seen: AppealView) -> str:
    until = reopen_until(seen.appeal)
    return dates.day(until, seen.calendar) if until else ""
