"""What became of a post, for `/post`, for `wazahat post` and for the notice at its end."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.posts import DeliveryState, Post, Tally

ANEW = "as a message of its own, since the old one could not be edited: "


@dataclass(frozen=True)
class Account:
    """Counts by state, the times still to come as `YYYY-MM-DD HH:MM`, and each problem in words.

    Readers are told by number, never by name.
    """

    id: int
    state: str
    counts: dict[str, int]
    next: list[str]
    problems: list[str]

    @property
    def lines(self) -> list[str]:
        """As `/post` shows it: a line for each state and count."""
        counted = [f"{state}: {count}" for state, count in self.counts.items()]
        coming = [f"next: {moment}" for moment in self.next]
        return [f"/post {self.id}: {self.state}", *counted, *coming, *self.problems]


def account(post: Post, tally: Tally, local: Callable[[datetime], str]) -> Account:
    replaced = (replace(each, reason=ANEW + each.reason) for each in tally.replaced)
    latest = (*reversed(tally.problems), *replaced)
    problems = [f"{each.target}: {each.state}: {each.reason}" for each in latest]
    problems += [f"{_subscribers(n)} {state}" for state, n in tally.readers.items()]
    counts = {str(state): tally.counts[state] for state in DeliveryState if state in tally.counts}
    reason = [post.reason] if post.reason else []
    times = [local(due) for due in tally.coming]
    return Account(post.id, str(post.state), counts, times, reason + problems)


def _subscribers(count: int) -> str:
    return f"{count} subscriber" if count == 1 else f"{count} subscribers"
