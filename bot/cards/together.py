"""One matter that several tell, as those who stand with it see it: the offer, each step, the answer, the question."""

from bot.cards.card import Card, Rows, data
from bot.cards.view import AppealView, place_words
from bot.services.judging import may_judge
from bot.texts import dates
from bot.texts.citizen import draft as draft_words
from bot.texts.citizen import progress
from bot.texts.citizen import together as words
from bot.texts.fitting import fit
from storage.domain.lifecycle import OPEN
from storage.domain.masking import mask
from storage.domain.statuses import Status
from storage.domain.words import Urgency
from storage.tables import Appeal, Draft

_LONGEST = 300


def offer_words(seen: AppealView) -> str:
    """Write which appeal may be joined: of its place no more than town and village, for the rest may be a home."""
    appeal = seen.appeal
    place = place_words(seen.city, town=appeal.town, village=appeal.village, words=None)
    title = fit(mask(appeal.title), _LONGEST)
    return words.offer(n=appeal.others + 1, title=title, place=place, department=seen.department, due=due(seen))


def offer(draft: Draft, text: str) -> Card:
    """Ask whether a draft tells that matter."""
    yes = [(words.YES_ME_TOO, data("d.join", draft.id))]
    other = [(words.NO_ANOTHER, data("d.apart", draft.id)), (draft_words.BACK, data("d.back", draft.id))]
    return Card(text, [yes, other])


def joined(seen: AppealView) -> Card:
    """Tell who joined that they did; it becomes their live card."""
    appeal, n = seen.appeal, (seen.lead.appeal.others if seen.lead else 0) + 1
    return Card(words.joined(n=n, number=appeal.number), [[_see(appeal), *_rows(seen)[0]]])


def merged(seen: AppealView) -> Card:
    """Tell a citizen that theirs is handled with another."""
    appeal, lead = seen.appeal, seen.lead
    text = words.merged(old=appeal.number, number=lead.appeal.number if lead else "")
    return Card(text, [[_not_the_same(appeal)], [_see(appeal)]])


def rows(seen: AppealView) -> Rows:
    """What one can do who stands with an appeal: say more, or how it went, and go."""
    return [] if seen.stands_with_own else _rows(seen)


def _rows(seen: AppealView) -> Rows:
    appeal, lead = seen.appeal, seen.lead
    away = (words.LEAVE, data("c.quit", appeal.id)) if appeal.joined else _not_the_same(appeal)
    if lead is None:
        return [[away]]
    if may_judge(appeal, lead.appeal, now=seen.now):
        return [_solved_or_not(appeal), [away]]
    add = [(progress.ADD, data("c.supplement", appeal.id))] if Status(lead.appeal.status) in OPEN else []
    return [[*add, away]]


def ask_solved(appeal: Appeal) -> Card:
    """Ask whether it is solved."""
    return Card(words.ask_solved(number=appeal.number), [_solved_or_not(appeal)])


def ask_go_on(appeal: Appeal, *, n: int, again: bool = False) -> Card:
    """Ask whether it goes on, now that `n` call it unsolved; `again`: they said so before the others did."""
    text = words.two_unsolved(number=appeal.number, n=n) if again else words.ask_go_on(n=n)
    go_on = (words.GO_ON, data("c.tgo", appeal.id))
    return Card(text, [[go_on, (words.LET_IT_BE, data("c.tlet", appeal.id))]])


def goes_on(lead: AppealView, appeal: Appeal) -> Card:
    """Tell a citizen that it goes on, for others call it unsolved; the first citizen may add to it."""
    text = words.goes_on(number=appeal.number, department=lead.department, due=due(lead))
    return Card(text, [[(progress.ADD, data("c.supplement", appeal.id))]])


def now_yours(seen: AppealView, *, number: str) -> Card:
    """Tell that the lead is theirs now; `number`: that of their own."""
    return Card(words.now_yours(number=number, lead=seen.appeal.number), [[_see(seen.appeal)]])


def due(seen: AppealView) -> str:
    """Return the day the answer is due, of an emergency the hour; empty where none is promised."""
    moment, extreme = seen.appeal.answer_due, seen.appeal.urgency == Urgency.EXTREME
    if moment is None:
        return ""
    return dates.clock_near(moment, seen.now, seen.calendar) if extreme else dates.limit(moment, seen.calendar)


def _solved_or_not(appeal: Appeal) -> list[tuple[str, str]]:
    yes, no = data("c.tyes", appeal.id), data("c.tno", appeal.id)
    return [(words.SOLVED, yes), (words.UNSOLVED, no)]


def _not_the_same(appeal: Appeal) -> tuple[str, str]:
    return words.NOT_THE_SAME, data("c.notsame", appeal.id)


def _see(appeal: Appeal) -> tuple[str, str]:
    return progress.SEE_PROGRESS, data("c.see", appeal.id)
