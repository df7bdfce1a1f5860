"""The kinds of record that `content/` holds: one model a kind, a YAML file a record."""

from bot.core.records.attacks import (
    Attack,
    Attribution,
    Claim,
    Place,
    Responsibility,
    Status,
    Toll,
)
from bot.core.records.base import (
    Correction,
    Id,
    Language,
    Model,
    Record,
    Review,
    Source,
    Sources,
    Text,
)
from bot.core.records.campaigns import Campaign, CampaignPost
from bot.core.records.events import Event
from bot.core.records.narratives import Narrative
from bot.core.records.organisations import Organisation
from bot.core.records.quizzes import Question, Quiz
from bot.core.records.reference import CalendarDay, Hashtag, HelpLine, Words
from bot.core.records.topics import Topic

KINDS: dict[str, type[Record]] = {
    "organisations": Organisation,
    "attacks": Attack,
    "events": Event,
    "narratives": Narrative,
    "topics": Topic,
    "quizzes": Quiz,
    "campaigns": Campaign,
}
"""The folders of `content/` that hold one record a file, and the model of each."""

__all__ = [
    "KINDS",
    "Attack",
    "Attribution",
    "CalendarDay",
    "Campaign",
    "CampaignPost",
    "Claim",
    "Correction",
    "Event",
    "Hashtag",
    "HelpLine",
    "Id",
    "Language",
    "Model",
    "Narrative",
    "Organisation",
    "Place",
    "Question",
    "Quiz",
    "Record",
    "Responsibility",
    "Review",
    "Source",
    "Sources",
    "Status",
    "Text",
    "Toll",
    "Topic",
    "Words",
]
