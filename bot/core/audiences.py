"""Subscribers as a target of posts: the words that name them, and who is meant."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.core.people import PersonId
from bot.core.subscriptions import Topic

Kinds = Mapping[Topic, Collection[Topic]]
"""What can be followed: the kinds, and the campaigns of each."""

Followed = Mapping[str, frozenset[Topic]]
"""Each target of a post that names subscribers, with the topics that it is about; none for all."""

_WORDS = re.compile(r"subscribers(?::\s*(?P<topic>[a-z0-9-]+))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Audience:
    """Everyone who subscribed to anything, or those of one topic."""

    topic: Topic = ""

    def __str__(self) -> str:
        return f"subscribers:{self.topic}" if self.topic else "subscribers"

    def topics(self, kinds: Kinds, campaign: str | None) -> frozenset[Topic]:
        """What its people follow, if not everything; none for all subscribers.

        A campaign is for who follows it or its kind. A kind is for who follows that, or the
        `campaign` of the very post where it is one of this kind.
        """
        if not self.topic:
            return frozenset()
        of_kind = (kind for kind, campaigns in kinds.items() if self.topic in campaigns)
        its_own = {campaign} if campaign in kinds.get(self.topic, ()) else set()
        return frozenset({self.topic, *of_kind, *(each for each in its_own if each)})


def audience_of(target: str) -> Audience | None:
    """What `subscribers` or `subscribers:TOPIC` names; None for any other target."""
    found = _WORDS.fullmatch(target.strip())
    return Audience((found["topic"] or "").lower()) if found else None


def chat_of(person: PersonId) -> str:
    """A person's private chat as deliveries name it."""
    return person.partition(":")[2]


def reader_in(chat: str) -> PersonId:
    return f"telegram:{chat}"
