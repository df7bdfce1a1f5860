"""Desks, of the running bot and for answering alone, and what is asked of the settings once."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from bot.adapters.content_files import Content, ContentFolder
from bot.adapters.content_files.editing import ContentKeeper
from bot.adapters.content_files.serving import Serving
from bot.adapters.telegram.application import Menu
from bot.commands.accounting import Account, account
from bot.commands.choices import Choices
from bot.commands.desk import RECENT_BRIEFS, Desk
from bot.commands.sightings import Sightings
from bot.commands.staff import Staff
from bot.commands.table import open_to
from bot.core.errors import OutsideError
from bot.core.fingerprints import fingerprints
from bot.core.people import PersonId, Role
from bot.core.ports import NewUow
from bot.core.recent import Recent
from bot.database import database
from bot.editorial import PostJudge, RecordLint, Series
from bot.search.index import Index
from bot.settings import Settings


def now() -> datetime:
    return datetime.now(UTC)


def content_folder(root: Path) -> ContentFolder:
    """A content folder whose wording is judged as of today."""
    return ContentFolder(root, RecordLint(lambda: now().date()))


def make_desk(settings: Settings, serving: Serving, new_uow: NewUow) -> Desk:
    content = serving.content
    return Desk(
        library=content.library,
        index=Index(content.library, content.stop_words),
        phrases=content.phrases,
        owners=settings.owner_ids,
        clock=now,
        zone=settings.zone,
        new_uow=new_uow,
        keeper=ContentKeeper(serving),
        choices=Choices(fingerprints(settings.token.get_secret_value()), new_uow),
        staff=Staff(new_uow),
        languages=settings.languages,
        web_root=settings.web_root,
        lay_out=Series(settings.zone),
        sightings=Sightings(new_uow),
        judge=PostJudge(settings.zone),
    )


def reading_desk(settings: Settings) -> Desk:
    """A desk for answering alone: it has no database, and nobody is a moderator."""

    def no_database(**_: object) -> NoReturn:
        raise OutsideError("only briefs can be asked for here; posts are worked on in the chat")

    nobody = settings.model_copy(update={"owners": ()})
    return make_desk(nobody, Serving(content_folder(settings.content_dir)), no_database)


def menus(desk: Desk, people: Iterable[PersonId | None]) -> Iterator[Menu]:
    """Telegram's command menu for each of these people, None for everyone, in each language.

    Who has no role (any more) has the menu of everyone: theirs is empty.
    """
    for person in people:
        role, chat = desk.role_of(person), int(person.removeprefix("telegram:")) if person else None
        commands = () if person and role is Role.READER else open_to(role)
        for language in desk.languages:
            code = None if language == desk.languages[0] else language
            yield Menu({each.name: desk.say(language, each.about) for each in commands}, chat, code)


def accounting_of(post_id: int, settings: Settings) -> Account | None:
    """What became of a post, read while the bot may be running."""
    with database(settings, alone=False) as new_uow, new_uow() as uow:
        post = uow.posts.get(post_id)
        if post is None:
            return None
        zone = settings.zone
        return account(
            post, uow.deliveries.tally(post_id), lambda at: f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
        )


class Front:
    """The desk that requests are answered at from now on; another set of content replaces it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def take_over(self, content: Content) -> None:
        index = Index(content.library, content.stop_words, self.desk.index)
        library, phrases = content.library, content.phrases
        briefs = Recent[Any, Any](RECENT_BRIEFS)
        self.desk = replace(self.desk, library=library, index=index, phrases=phrases, briefs=briefs)
