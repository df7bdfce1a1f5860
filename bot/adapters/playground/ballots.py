"""Polls and who voted in them: what the bot and the page are told of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.adapters.playground.checks import Json
from bot.adapters.playground.messages import Message

if TYPE_CHECKING:
    from bot.adapters.playground.people import User
    from bot.adapters.playground.world import World


@dataclass(slots=True, eq=False)
class Ballot:
    """A poll: `fields` as Telegram shows them but for the counts, and each voter's options."""

    fields: Json
    labels: Sequence[str]
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)
    closed: bool = False

    def json(self) -> Json:
        counts = [sum(place in vote for vote in self.votes.values()) for place in self.places]
        options = [
            {"persistent_id": str(place), "text": label, "voter_count": count}
            for place, (label, count) in enumerate(zip(self.labels, counts, strict=True))
        ]
        totals = {"total_voter_count": len(self.votes), "is_closed": self.closed}
        return {**self.fields, "options": options, **totals}

    @property
    def places(self) -> range:
        return range(len(self.labels))

    def option(self, wanted: str | int) -> int:
        """The place of an option named by its label or its place."""
        place = self.labels.index(wanted) if wanted in self.labels else wanted
        if not isinstance(place, int) or place not in self.places:
            raise LookupError(f"the poll has no option {wanted!r}; it has {list(self.labels)}")
        return place

    def check(self, user: "User", options: tuple[int, ...]) -> None:
        """Raise ValueError for a vote that Telegram's apps would not let this person give."""
        if self.closed:
            raise ValueError("this poll is closed")
        if user.id in self.votes and not self.fields["allows_revoting"]:
            raise ValueError(f"{user.name} voted already, and this poll lets nobody change a vote")
        if user.id not in self.votes and not options:
            raise ValueError(f"{user.name} has no vote to take back")
        if len(options) > 1 and not self.fields["allows_multiple_answers"]:
            raise ValueError("this poll takes one answer each")


def ballot_of(world: "World", message: Message) -> Ballot:
    """The poll of this message, closed if its time is over; LookupError if it has none."""
    ballot = message.apart.ballot
    if ballot is None:
        raise LookupError(f"message {message.id} holds no poll")
    until = ballot.fields.get("close_date")
    if until is not None and not ballot.closed and world.clock() >= until:
        close(world, message, ballot)
    return ballot


def close(world: "World", message: Message, ballot: Ballot) -> Json:
    """Close it and tell the bot and whoever looks at the chat; the JSON of the poll."""
    ballot.closed = True
    return _tell(world, message, ballot)


def cast(world: "World", user: "User", message: Message, wanted: Sequence[str | int]) -> None:
    """Vote; without an option named, take the vote back."""
    ballot = ballot_of(world, message)
    options = tuple(sorted({ballot.option(option) for option in wanted}))
    ballot.check(user, options)
    if options:
        ballot.votes[user.id] = options
    else:
        del ballot.votes[user.id]
    _tell(world, message, ballot)
    if not ballot.fields["is_anonymous"]:
        answer = {"poll_id": ballot.fields["id"], "user": user.json()}
        chosen = {"option_ids": options, "option_persistent_ids": list(map(str, options))}
        world.push_update("poll_answer", answer | chosen)


def _tell(world: "World", message: Message, ballot: Ballot) -> Json:
    told = ballot.json()
    chat = world.chats[message.chat_id]
    if message.id in chat.history:
        chat.replace(chat.history[message.id].changed(poll=told))
    world.push_update("poll", told)
    return told
