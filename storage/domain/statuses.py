"""The statuses an appeal can have and the events that can happen to it (SPEC 2.1)."""

from enum import StrEnum


class Status(StrEnum):
    """Where an appeal stands."""

    PENDING_TRIAGE = "pending_triage"
    DISPATCHED = "dispatched"
    IN_PROGRESS = "in_progress"
    AWAITING_CITIZEN = "awaiting_citizen"
    DEFERRED = "deferred"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    MERGED = "merged"


class Event(StrEnum):
    """What can happen to an appeal."""

    SUBMIT_SURE = "submit_sure"
    SUBMIT_UNSURE = "submit_unsure"
    SUBMIT_PRAISE = "submit_praise"
    ASSIGN = "assign"
    RETURN_ASKED = "return_asked"
    RETURN_AGREED = "return_agreed"
    RETURN_REFUSED = "return_refused"
    LEAD_WANTED = "lead_wanted"
    LEAD_NAMED = "lead_named"
    LEAD_KEPT = "lead_kept"
    OFFER = "offer"
    OFFER_DECLINED = "offer_declined"
    OFFER_WITHDRAWN = "offer_withdrawn"
    OFFER_LAPSED = "offer_lapsed"
    TAKE_OVER = "take_over"
    HAND_OVER = "hand_over"
    CLAIM = "claim"
    CONTACT = "contact"
    NOTE = "note"
    SUPPLEMENT = "supplement"
    ANSWER = "answer"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    RATE_SOLVED = "rate_solved"
    RATE_UNSOLVED = "rate_unsolved"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
