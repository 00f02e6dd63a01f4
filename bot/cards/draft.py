"""The form in the citizen's chat: each step as words and buttons."""

from collections.abc import Sequence

from bot.cards.calls import call_row
from bot.cards.card import Card, Rows, data
from bot.cards.view import place_words
from bot.services import drafting, splitting
from bot.services.secrecy import complains_of_officials, is_asked, is_confidential, left_out
from bot.texts import confidential as asking
from bot.texts.citizen import draft as words
from bot.texts.fitting import fit
from bot.texts.words import KINDS, PINNED, files_words
from storage.domain import contents
from storage.domain.city import City, Department
from storage.domain.masking import mask_phone
from storage.domain.words import Kind
from storage.tables import Draft

_COLUMNS = 3
_LONGEST_TEXT = 2500
_LONGEST_PLACE = 300
_LONGEST_MATTER = 120


def what(draft: Draft) -> Card:
    """Ask what is the matter, or acknowledge what was said so far."""
    cancel = (words.CANCEL, data("d.cancel", draft.id))
    if drafting.says_nothing(draft):
        return Card(words.ASK_WHAT, [[cancel]])
    onward = (words.NEXT, data("d.next", draft.id))
    if draft.files:
        return Card(_files_noted(draft), [[onward, cancel]])
    if drafting.is_too_short(draft.text):
        return Card(words.too_short(text=draft.text), [[(words.JUST_THIS, data("d.next", draft.id))], [cancel]])
    return Card(words.NOTED, [[onward, cancel]])


def several(draft: Draft) -> Card:
    """Offer to split what seems to be several matters."""
    parts = [fit(" ".join(each.text.split()), _LONGEST_MATTER) for each in splitting.matters_of(draft)]
    answers = [(words.SPLIT, data("d.split", draft.id, "yes")), (words.ONE_MATTER, data("d.split", draft.id, "no"))]
    return Card(words.ask_split(matters=parts), [answers, _ways_out(draft)])


def retell(draft: Draft) -> Card:
    """Ask for the matter anew."""
    return Card(words.ASK_WHAT_ANEW, [_ways_out(draft)])


def place(draft: Draft, city: City) -> Card:
    """Ask where; what the text itself names is offered first."""
    known = place_words(city, town=draft.town, village=draft.village, words=None)
    if draft.latitude is not None:
        known = draft.place or PINNED
    offered = [[(words.that_is(place=known), data("d.here", draft.id))]] if known else []
    rows: Rows = [
        *offered,
        [(words.SEND_LOCATION, data("d.pin", draft.id))],
        [(words.PICK_TOWN, data("d.town", draft.id)), (words.SKIP, data("d.skip", draft.id))],
        _ways_out(draft),
    ]
    return Card(words.ASK_PLACE, rows)


def towns(draft: Draft, city: City) -> Card:
    """Offer the towns."""
    buttons = [(town.name, data("d.town", draft.id, town.code)) for town in city.towns]
    return Card(words.ASK_TOWN, [*_grid(buttons), _ways_out(draft)])


def villages(draft: Draft, city: City) -> Card:
    """Offer the villages of the chosen town."""
    town = city.town(draft.town or "")
    if town is None:
        return towns(draft, city)
    buttons = [(village.name, data("d.village", draft.id, village.code)) for village in town.villages]
    last = [(words.CANNOT_SAY, data("d.vague", draft.id)), (words.BACK, data("d.back", draft.id))]
    return Card(words.ask_village(town=town.name), [*_grid(buttons), last])


def vague(draft: Draft) -> Card:
    """Ask for a landmark."""
    return Card(words.ASK_VAGUE, [[(words.SKIP, data("d.skip", draft.id)), (words.BACK, data("d.back", draft.id))]])


def contact(draft: Draft) -> Card:
    """Ask for a telephone number, or none."""
    leave = (words.LEAVE_PHONE, data("d.phone", draft.id))
    none = (words.NO_PHONE, data("d.nophone", draft.id))
    return Card(words.ASK_CONTACT, [[leave, none], call_row(), _ways_out(draft)])


def phone(draft: Draft, *, lead: str = words.ASK_PHONE) -> Card:
    """Ask for the number itself."""
    share = (words.SEND_CARD, data("d.card", draft.id))
    none = (words.NO_PHONE_AFTER_ALL, data("d.nophone", draft.id))
    return Card(lead, [[share, none], _ways_out(draft)])


def secrecy(draft: Draft) -> Card:
    """Ask whether it is to be confidential; who complains of officials is told where such things are looked into."""
    hint = f"{asking.ABOUT_OFFICIALS}\n\n" if complains_of_officials(draft) else ""
    answers = [(asking.YES, data("d.secret", draft.id, "yes")), (asking.NO, data("d.secret", draft.id, "no"))]
    return Card(f"{hint}{asking.ASK}", [answers, _ways_out(draft)])


def summary(draft: Draft, city: City) -> Card:
    """Show the whole draft for a last look."""
    unit = city.department(drafting.chosen_unit(draft, city) or "")
    text = _summary_words(draft, city, unit, guessed=draft.department is None)
    return Card(text, _summary_rows(draft, unsure=unit is None))


def sent_summary(draft: Draft, city: City) -> Card:
    """Show what was filed, without buttons."""
    unit = city.department(drafting.chosen_unit(draft, city) or "")
    return Card(words.summary_sent(text=_summary_words(draft, city, unit, guessed=False)))


def units(draft: Draft, city: City, found: Sequence[Department] = (), *, lead: str = words.ASK_UNIT) -> Card:
    """Offer units: those found by name, else the three likeliest ones."""
    guessed = [city.department(each.department) for each in drafting.guess_of(draft, city).likely[:_COLUMNS]]
    offered = found or [unit for unit in guessed if unit is not None]
    rows = [[(unit.name, data("d.unit", draft.id, unit.code))] for unit in offered]
    unknown = [(words.UNIT_UNKNOWN, data("d.unit", draft.id, "none"))]
    call = [call_row()] if lead == words.NO_UNIT_FOUND else []
    return Card(lead, [*rows, unknown, *call, _ways_out(draft)])


def kinds(draft: Draft) -> Card:
    """Offer the six kinds."""
    buttons = [(KINDS[kind], data("d.kind", draft.id, kind)) for kind in Kind]
    return Card(words.ASK_KIND, [*_grid(buttons), _ways_out(draft)])


def _files_noted(draft: Draft) -> str:
    """Acknowledge what came beside words, or without any."""
    kinds = set(draft.files) - {"seconds"}
    if draft.text:
        return words.noted_with(files=files_words(draft.files))
    if kinds == {contents.Kind.PHOTO}:
        return words.photos_noted(n=draft.files[contents.Kind.PHOTO])
    return words.VOICE_NOTED if contents.Kind.VOICE in kinds else words.files_noted(files=files_words(draft.files))


def _summary_words(draft: Draft, city: City, unit: Department | None, *, guessed: bool) -> str:
    place = place_words(city, town=draft.town, village=draft.village, words=draft.place)
    return words.summary(
        text=fit(draft.text, _LONGEST_TEXT),
        place=fit(place, _LONGEST_PLACE) or words.PLACE_UNSAID,
        wish=draft.wish,
        files=files_words(draft.files),
        kind=KINDS[Kind(drafting.chosen_kind(draft))],
        department=unit.name if unit else "",
        contact=mask_phone(draft.phone) if draft.phone else words.CONTACT_HERE,
        guessed=guessed,
        secrecy=_secrecy_words(draft, city),
    )


def _secrecy_words(draft: Draft, city: City) -> str:
    """Return what the summary says of secrecy; empty where it is no question."""
    if not is_confidential(draft):
        return asking.NOT_KEPT if _is_about_secrecy(draft) else ""
    units = [unit.name for unit in left_out(draft, city)]
    return asking.kept(units=units)


def _is_about_secrecy(draft: Draft) -> bool:
    return draft.confidential is not None or is_asked(draft)


def _summary_rows(draft: Draft, *, unsure: bool) -> Rows:
    def change(label: str, what: str) -> tuple[str, str]:
        return label, data("d.change", draft.id, what)

    submit = [(words.SUBMIT, data("d.submit", draft.id))]
    first = [change(words.CHANGE_TEXT, "what"), change(words.CHANGE_PLACE, "place")]
    secret = [change(asking.CHANGE, "secrecy")] if _is_about_secrecy(draft) else []
    last = [change(words.CHANGE_CONTACT, "contact"), *secret, (words.CANCEL, data("d.cancel", draft.id))]
    if unsure:
        return [submit, [*first, change(words.I_KNOW_THE_UNIT, "unit")], last]
    rest = [change(words.CHANGE_KIND, "kind"), *last]
    return [submit, [*first, change(words.CHANGE_UNIT, "unit")], rest]


def _ways_out(draft: Draft) -> list[tuple[str, str]]:
    return [(words.BACK, data("d.back", draft.id)), (words.CANCEL, data("d.cancel", draft.id))]


def _grid(buttons: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    return [list(buttons[start : start + _COLUMNS]) for start in range(0, len(buttons), _COLUMNS)]
