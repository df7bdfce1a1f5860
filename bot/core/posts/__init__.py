"""Posts: what is written, who approved it, the states it goes through, a row for each target."""

from bot.core.posts.deliveries import AGAIN, OPEN, PROBLEMS, Delivery, DeliveryState, Tally
from bot.core.posts.drafts import (
    GRACE,
    NOW,
    Draft,
    Drawn,
    Picture,
    PostButton,
    PostType,
    Uploaded,
)
from bot.core.posts.life import (
    JUDGED,
    TRANSITIONS,
    Attempt,
    Event,
    Finding,
    Refusal,
    Transition,
    decide,
)
from bot.core.posts.post import Approval, Post, PostState, Revision

__all__ = [
    "AGAIN",
    "GRACE",
    "JUDGED",
    "NOW",
    "OPEN",
    "PROBLEMS",
    "TRANSITIONS",
    "Approval",
    "Attempt",
    "Delivery",
    "DeliveryState",
    "Draft",
    "Drawn",
    "Event",
    "Finding",
    "Picture",
    "Post",
    "PostButton",
    "PostState",
    "PostType",
    "Refusal",
    "Revision",
    "Tally",
    "Transition",
    "Uploaded",
    "decide",
]
