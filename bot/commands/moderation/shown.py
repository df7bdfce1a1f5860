"""How a post is shown to the people who work on it."""

from collections.abc import Callable, Iterable, Sequence

from bot.commands.desk import Desk
from bot.commands.moderation import findings
from bot.commands.moderation.message import LONGEST_CAPTION, message_of
from bot.commands.moderation.taken import is_announcement
from bot.commands.targets import in_words
from bot.core.people import PersonId
from bot.core.posts import Attempt, Draft, Event, Finding, Post, PostState, Refusal
from bot.core.records import Language
from bot.core.replies import Block, Button, Reply, Request, plain
from bot.core.schedule import NotASchedule
from bot.core.text import cut, isolate, utf16_length

NEXT_TIMES = 3
SHORT = 60
"""Characters by which a post is told apart in a list."""

SEEN = 16
"""Digits of the fingerprint that a button carries: it acts on what was shown with it alone."""

Buttons = tuple[tuple[Button, ...], ...]


def attempt(
    request: Request, desk: Desk, event: Event, comment: str = "", seen: str = ""
) -> Attempt:
    """What the person tries now; their role is filled in by the transaction that decides."""
    return Attempt(event, desk.clock(), desk.calendar, request.person, comment=comment, seen=seen)


def number_in(text: str) -> int | None:
    """The number of a post, as people write it: `7` or `#7`."""
    digits = text.strip().removeprefix("#")
    plain_digits = digits.isascii() and digits.isdigit() and len(digits) <= 9
    return int(digits) if plain_digits else None


def when(post: Post, desk: Desk, language: Language, count: int = NEXT_TIMES) -> str:
    """Its next times; for one that has none to come, that of a single moment."""
    if post.draft.schedule is None:
        return desk.say(language, "when.now")
    try:
        times = post.draft.next_times(desk.calendar, desk.clock(), count)
    except NotASchedule:
        return "–"
    if not times and post.draft.due_at:
        times = [post.draft.due_at]
    return ", ".join(map(desk.local, times)) or "–"


def first_line(draft: Draft) -> str:
    """What it begins with, by which people tell posts apart."""
    text = Reply(draft.blocks).text.strip().partition("\n")[0]
    return isolate(cut(text, SHORT)) if text else "–"


def said(language: Language, key: str, desk: Desk, post: Post) -> str:
    targets = ", ".join(in_words(post.draft, desk, language))
    return desk.say(language, key, id=post.id, when=when(post, desk, language), targets=targets)


def preview(post: Post, desk: Desk, language: Language, *head: str) -> Reply:
    """Exactly what will be sent, below what is said of it.

    Where both do not fit beside its picture all the words are shown, and the picture is not.
    """
    return _below(plain(*head).blocks, post, desk, language)


def _below(above: tuple[Block, ...], post: Post, desk: Desk, language: Language) -> Reply:
    message = message_of(post.draft, desk)
    if message is None:
        return Reply((*above, *post.draft.blocks))
    whole = Reply((*above, *message.blocks), picture=message.picture)
    if message.picture is None or utf16_length(whole.text) <= LONGEST_CAPTION:
        return whole
    apart = plain(desk.say(language, "post.apart")).blocks
    return Reply((*above, *apart, *message.blocks))


def opening(post: Post) -> str:
    """A draft is opened to be worked on, any other post to be looked at."""
    work = "correct" if post.draft.corrects else "draft"
    return f"{work if post.state is PostState.DRAFT else 'post'} {post.id}"


def review_buttons(desk: Desk, post: Post, language: Language) -> Buttons:
    """Both ways out of the review; the approval binds to what was shown."""
    action = f"approve {post.id} {post.draft.fingerprint[:SEEN]}"
    approve = Button(desk.say(language, "button.approve"), action)
    return ((approve, Button(desk.say(language, "button.return"), f"return {post.id}")),)


def run_button(draft: Draft, desk: Desk, language: Language) -> list[Button]:
    """The way to the started campaign that it is a post of."""
    label = desk.say(language, "button.run", id=draft.run)
    return [Button(label, f"campaign {draft.run}")] if draft.run else []


def for_review(
    post: Post, desk: Desk, found: Sequence[Finding] = ()
) -> tuple[tuple[PersonId, Reply], ...]:
    """Notices to everyone who may approve it, with the warnings that they would acknowledge."""
    wrote = post.writers | {post.author}
    message = message_of(post.draft, desk)
    told: list[tuple[PersonId, Reply]] = []
    for each in desk.people():
        if each in wrote:
            continue
        language = desk.language_of(each, "en")
        asked = in_review("compose.notice", post, desk, language, found)
        if message and message.picture and not asked.picture:
            told.append((each, message))
        told.append((each, asked.with_buttons(*review_buttons(desk, post, language))))
    return tuple(told)


def in_review(
    key: str, post: Post, desk: Desk, language: Language, found: Sequence[Finding], *more: str
) -> Reply:
    """A post in review: what it was taken as, what the rules warn of, and what will be sent."""
    taken = desk.say(language, "compose.announcement") if is_announcement(post.draft) else ""
    head = desk.say(language, "compose.warnings") if found else ""
    above = plain(said(language, key, desk, post), *more, taken, head).blocks
    warned = findings.told(found, post.draft, desk, language)
    exactly = plain(desk.say(language, "compose.exactly")).blocks
    return _below((*above, *warned, *exactly), post, desk, language)


def notices(
    people: Iterable[PersonId | None],
    request: Request,
    desk: Desk,
    told: Callable[[Language], str],
) -> tuple[tuple[PersonId, Reply], ...]:
    """The same to each of these people but the one who did it, in the language that they chose."""
    others = dict.fromkeys(each for each in people if each and each != request.person)
    return tuple((each, plain(told(desk.language_of(each, "en")))) for each in others)


def no(request: Request, desk: Desk, key: str, **values: object) -> Reply:
    return plain(desk.say(request.language, key, **values))


def refused(request: Request, desk: Desk, refusal: Refusal, post: Post | None = None) -> Reply:
    """Why not; where the rules found errors in the `post`, each with its cure, and the way to mend
    it."""
    told = no(request, desk, refusal.key, **refusal.values)
    if post is None or not refusal.findings:
        return told
    shown = findings.told(refusal.findings, post.draft, desk, request.language)
    mend = Button(desk.say(request.language, "button.compose"), opening(post))
    back = (mend,) if post.state is PostState.DRAFT else ()
    return Reply((*told.blocks, *shown)).with_buttons(back)
