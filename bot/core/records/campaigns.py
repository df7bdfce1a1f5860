"""Campaigns as files: goal, audience, message, messenger, media, action, monitoring (GAMMMA+)."""

from typing import Annotated, Literal

from pydantic import Field

from bot.core.records.base import Id, Line, Model, Names, Record, Text

Kind = Literal[
    "counter",
    "alternative",
    "testimony",
    "commemoration",
    "prebunk",
    "service",
    "rapid response",
]
PostType = Literal[
    "fact",
    "myth and why",
    "prebunk",
    "testimony",
    "memorial",
    "story",
    "quiz",
    "poll",
    "question",
    "service",
]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Goal(Model):
    """What is to be reached, in one sentence and in one figure that the bot can really count."""

    text: Text
    metric: Literal[
        "brief opens",
        "quiz answers",
        "quiz gain",
        "return",
        "opt-outs",
        "slots kept",
        "sent on time",
        "reactions",
        "stories",
        "help opens",
    ]
    target: Annotated[float, Field(ge=0)]
    baseline: Line | None = None


class Pillar(Model):
    """One message, and the briefs that back it."""

    text: Text
    records: Annotated[tuple[Id, ...], Field(min_length=1)]


class Window(Model):
    """How the series lies in time: its length, and the wall-clock times of its posts."""

    days: Annotated[int, Field(ge=1, le=31)]
    slots: Annotated[tuple[Clock, ...], Field(min_length=1, max_length=3)]
    starts: Line | None = None


class CampaignPost(Model):
    """One post of the series, on day `day` (from 1) in slot `slot` (from 1)."""

    day: Annotated[int, Field(ge=1, le=31)]
    slot: Annotated[int, Field(ge=1, le=3)] = 1
    type: PostType
    headline: Text
    text: Text
    record: Id | None = None


class Campaign(Record):
    """The id doubles as the slug in deep links, hence its length. `summary` is what it is about."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,19}$")]
    kind: Kind
    goal: Goal
    audience: Text
    narrative_answered: (
        Literal["governance", "strength", "religious legitimacy", "duty to fight", "victimhood"]
        | None
    ) = None
    pillars: Annotated[tuple[Pillar, ...], Field(min_length=2, max_length=4)]
    messengers: Annotated[Names, Field(min_length=2)]
    action: Literal[
        "read brief",
        "take quiz",
        "share card",
        "ask a question",
        "send a kindness story",
        "talk to someone",
        "help line",
        "minute of silence",
    ]
    hashtag: Text
    window: Window
    calendar: Id | None = None
    risk: Text
    disclosure: Text
    crisis: Literal["pause", "continue", "replace"] = "pause"
    posts: Annotated[tuple[CampaignPost, ...], Field(min_length=1, max_length=62)]
