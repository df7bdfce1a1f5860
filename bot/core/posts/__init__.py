"""Posts: what is written, who approved it, the states it goes through, a row for each target."""

from bot.core.posts.deliveries import (
    AGAIN,
    INLINE,
    OPEN,
    PROBLEMS,
    Delivery,
    DeliveryState,
    Message,
    Tally,
)
from bot.core.posts.drafts import (
    GRACE,
    NOW,
    Corrects,
    Draft,
    Drawn,
    Picture,
    PostButton,
    PostType,
    Uploaded,
)
from bot.core.posts.kinds import BUTTONS, TYPES, default_buttons, offered_buttons
from bot.core.posts.life import TRANSITIONS, Attempt, Event, Finding, Refusal, Transition, decide
from bot.core.posts.post import Approval, Post, PostState, Revision

__all__ = [
    "AGAIN",
    "BUTTONS",
    "GRACE",
    "INLINE",
    "NOW",
    "OPEN",
    "PROBLEMS",
    "TRANSITIONS",
    "TYPES",
    "Approval",
    "Attempt",
    "Corrects",
    "Delivery",
    "DeliveryState",
    "Draft",
    "Drawn",
    "Event",
    "Finding",
    "Message",
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
    "default_buttons",
    "offered_buttons",
]
