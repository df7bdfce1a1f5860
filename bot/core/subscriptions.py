"""What somebody wants to be sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.core.people import PersonId
from bot.core.records import Language

Topic = str
"""A campaign's id, or a kind of campaign: what `subscribers:TOPIC` names."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """The topics that a person follows, in the order of the alphabet; none means every topic."""

    person: PersonId
    topics: tuple[Topic, ...]
    language: Language
    since: date

    def follows(self, topics: Collection[Topic]) -> bool:
        """Whether they are meant by what is about `topics`; by none of them everyone is."""
        return not self.topics or not topics or not set(topics).isdisjoint(self.topics)

    def also(self, topics: Collection[Topic]) -> "Subscription":
        """With these topics besides; none means everything.

        Who followed everything and now names some follows just those.
        """
        joined = {*self.topics, *topics} if topics else ()
        return replace(self, topics=tuple(sorted(joined)))

    def without(
        self, topics: Collection[Topic], kinds: Mapping[Topic, Collection[Topic]]
    ) -> "Subscription | None":
        """What is left without these topics, if anything; `kinds` has the campaigns of each kind.

        Who gives up a campaign of a kind that they follow goes on following the others of it.
        """
        left = set(self.topics or kinds)
        for kind, campaigns in kinds.items():
            if kind in left.difference(topics) and not set(campaigns).isdisjoint(topics):
                left = left.difference({kind}).union(campaigns)
        left.difference_update(topics)
        return replace(self, topics=tuple(sorted(left))) if left else None
