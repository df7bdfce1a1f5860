"""Subscribers as moderators name them and as posts reach them."""

from difflib import get_close_matches

from bot.commands.desk import Desk
from bot.commands.subscribing import topic_name, topics
from bot.core.audiences import Audience, Followed, audience_of
from bot.core.channels import NoTarget
from bot.core.posts import Draft
from bot.core.records import Language
from bot.core.replies import Button, Reply
from bot.core.text import cut, isolate

NEAREST = 3


def audience_in(text: str, desk: Desk) -> Audience | None:
    """The subscribers that `text` names, if it names any.

    Raises `NoTarget`, with the nearest ones, where nobody can follow that topic.
    """
    audience = audience_of(text)
    if audience is None or not audience.topic:
        return audience
    kinds = topics(desk)
    known = [*kinds, *(each for campaigns in kinds.values() for each in campaigns)]
    if audience.topic in known:
        return audience
    near = get_close_matches(audience.topic, known, NEAREST, 0.4) or list(kinds)[:NEAREST]
    shown = ", ".join(str(Audience(each)) for each in near)
    topic = isolate(cut(audience.topic, 40))
    raise NoTarget("target.no-topic", topic=topic, nearest=isolate(shown))


def followed(draft: Draft, desk: Desk) -> Followed:
    """The topics of each target of a draft that names subscribers."""
    kinds = topics(desk)
    audiences = {target: audience_of(target) for target in draft.targets}
    return {
        target: audience.topics(kinds, draft.campaign)
        for target, audience in audiences.items()
        if audience
    }


def counted(
    draft: Draft, desk: Desk, language: Language, followers: str = "target.followers"
) -> dict[str, str]:
    """Each target that names subscribers in words, with how many they are at present; those of a
    topic as the phrase `followers` has it."""
    with desk.new_uow() as uow:
        counts = {
            each: uow.subscribers.count(about) for each, about in followed(draft, desk).items()
        }
    return {target: _in_words(target, n, desk, language, followers) for target, n in counts.items()}


def signed(reply: Reply, draft: Draft, desk: Desk) -> Reply:
    """A post as a subscriber gets it: with the way to end that, and to who sends it.

    Pressing one says something in the chat, and leaves the post as it is.
    """
    say = desk.say
    row = (
        Button(say(draft.language, "button.post.unsubscribe"), start="unsubscribe"),
        Button(say(draft.language, "button.post.about"), start="about"),
    )
    return reply.with_buttons(*reply.buttons, row)


def _in_words(target: str, count: int, desk: Desk, language: Language, followers: str) -> str:
    values = {"n": count, "number": f"{count:,}"}
    audience = audience_of(target)
    if audience is None or not audience.topic:
        return desk.say(language, "target.subscribers", **values)
    topic = isolate(topic_name(audience.topic, language, desk))
    return desk.say(language, followers, target=target, topic=topic, **values)
