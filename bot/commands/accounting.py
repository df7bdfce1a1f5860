"""What became of a post, for `/post`, for `wazahat post` and for the notice at its end."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.posts import Delivery, DeliveryState, Post

PROBLEMS = (DeliveryState.UNKNOWN, DeliveryState.REFUSED, DeliveryState.SKIPPED)


@dataclass(frozen=True)
class Account:
    """Counts by state, the times still to come as `YYYY-MM-DD HH:MM`, and each problem in words."""

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


def account(
    post: Post, deliveries: Sequence[Delivery], local: Callable[[datetime], str]
) -> Account:
    counted = Counter(each.state for each in deliveries)
    waiting = sorted({each.due_at for each in deliveries if each.state is DeliveryState.PENDING})
    problems = [f"{d.target}: {d.state}: {d.reason}" for d in deliveries if d.state in PROBLEMS]
    counts = {str(state): counted[state] for state in DeliveryState if counted[state]}
    reason = [post.reason] if post.reason else []
    return Account(
        post.id, str(post.state), counts, [local(due) for due in waiting[:3]], reason + problems
    )
