"""Every table: people, appeals, words, supervision, learning, groups and their staff, the two post boxes.

Keys of people, chats and messages are (platform, bot, integer). Texts of enums are plain strings here; the rules
about them stand in `storage.domain`.
"""

from storage.tables.appeals import Appeal, AppealEvent, Assist, Counter, DangerCase
from storage.tables.learning import Blob, ImportedLabel, Training
from storage.tables.offices import CannedReply, Duty, Invitation, Office, Staff
from storage.tables.people import CallbackRequest, Consent, Conversation, Draft, Person
from storage.tables.post import ChatMessage, InboxUpdate, OutboxMessage
from storage.tables.supervision import Approval, Concern, HotTopic, SpotCheck
from storage.tables.words import Attachment, Utterance, UtteranceVersion

__all__ = [
    "Appeal",
    "AppealEvent",
    "Approval",
    "Assist",
    "Attachment",
    "Blob",
    "CallbackRequest",
    "CannedReply",
    "ChatMessage",
    "Concern",
    "Consent",
    "Conversation",
    "Counter",
    "DangerCase",
    "Draft",
    "Duty",
    "HotTopic",
    "ImportedLabel",
    "InboxUpdate",
    "Invitation",
    "Office",
    "OutboxMessage",
    "Person",
    "SpotCheck",
    "Staff",
    "Training",
    "Utterance",
    "UtteranceVersion",
]
