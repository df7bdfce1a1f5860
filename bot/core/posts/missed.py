"""Times that went by while nothing could be sent, of posts whose authors want to be asked then."""

from bot.core.posts.deliveries import Delivery, DeliveryState, Tally
from bot.core.posts.post import Post
from bot.core.schedule import IfMissed


def to_ask_about(post: Post, tally: Tally) -> tuple[Delivery, ...]:
    """The first row of each time that was missed, latest time first."""
    if post.draft.if_missed is not IfMissed.ASK:
        return ()
    skipped = [each for each in tally.problems if each.state is DeliveryState.SKIPPED]
    latest = sorted(skipped, key=lambda each: (each.due_at, each.id), reverse=True)
    return tuple({each.occurrence: each for each in latest}.values())
