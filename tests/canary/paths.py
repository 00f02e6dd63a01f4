"""The paths on which words, files and numbers travel; each carries a canary of its own.

A path is a function that takes a `Flight` and plays one appeal. To add one, write it and put it into PATHS; one whose
name ends in 保密 is searched for the secret word too.
"""

from tests.canary import citizens_paths as citizens
from tests.canary import kept_paths as kept
from tests.canary import moving_paths as moving
from tests.canary import units_paths as units
from tests.canary.flight import Path

PATHS: dict[str, Path] = {
    "before the consent": citizens.said_before_the_consent,
    "text": citizens.text,
    "long text": citizens.long_text,
    "place": citizens.place,
    "contact, looked at": citizens.contact,
    "contact, not looked at": citizens.contact_that_is_not_looked_at,
    "supplement": citizens.supplement,
    "quoted reply": citizens.quoted_reply,
    "edit before": citizens.edit_before,
    "edit after": citizens.edit_after,
    "reopening words": citizens.reopening_words,
    "withdrawal": citizens.withdrawal,
    "photo": citizens.media("photo", "{phone}.jpg"),
    "video": citizens.media("video", "{name}.mp4"),
    "voice": citizens.media("voice", "{phone}.ogg"),
    "document": citizens.media("document", "{name}{identity}{phone}.pdf"),
    "audio": citizens.media("audio", "{name}{phone}.mp3"),
    "album": citizens.album,
    "media in a supplement": citizens.media_in_a_supplement,
    "status by number": units.status_by_number,
    "reply, number taken out": units.staff_replies_without_the_number,
    "reply, as it is": units.staff_replies_as_it_is,
    "note": units.staff_notes,
    "answer": units.staff_answers,
    "transfer": moving.transferred,
    "offer and former unit": moving.offered,
    "return refused": moving.return_refused,
    "triage and search": moving.triage,
    "undelivered": units.undelivered,
    "refused by the platform": units.refused_by_the_platform,
    "rating": units.rated,
    "concern": units.concern,
    "danger": units.danger,
    "danger later": units.danger_later,
    "call wished for": units.call_wished_for,
    "canned reply": units.canned_reply,
    "text 保密": kept.kept_text,
    "supplement 保密": kept.kept_supplement,
    "talk 保密": kept.kept_talk,
    "triage 保密": kept.kept_triage,
    "contact 保密": kept.kept_contact,
    "danger 保密": kept.kept_danger,
    "call 保密": kept.kept_call,
    "concern 保密": kept.kept_concern,
    "return 保密": kept.kept_return,
}
#: Named in the list of paths and not there to be flown yet: the form asks for no wish.
NOT_THERE_YET = ("wish",)
