"""`wazahat doctor`: what is wrong with the set-up, and the cure of each fault."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot import app
from bot.adapters.telegram.examining import Examined, examine, time_of
from bot.adapters.web.looking import Listener, listener
from bot.core.audit import Break, Entry, Head, first_break
from bot.core.channels import WANTED, Channel, Reach, Use
from bot.core.errors import BotError
from bot.core.holds import Hold
from bot.core.people import Role
from bot.database import database
from bot.settings import Settings

MOST_SKEW = timedelta(seconds=5)
"""How far our clock may be off: posts go out by it."""

BROKEN = {
    "changed": "it is not what was written",
    "missing": "it is not there",
    "unlinked": "it does not follow the one before it",
    "head": "it is not the one that was noted under this number",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at; it is a fault where it has a `cure`."""

    name: str
    what: str
    cure: str = ""

    def __str__(self) -> str:
        return (
            f"FAULT {self.name}: {self.what}; {self.cure}"
            if self.cure
            else (f"ok    {self.name}: {self.what}")
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """What of the database concerns the doctor."""

    broken: Break | None
    at: Entry | None
    head: Head
    hold: Hold | None
    channels: tuple[Channel, ...]
    admins: int
    staff: int


async def doctor(settings: Settings, noted: Head | None) -> list[Found]:
    """Everything that was looked at, in the order of a report. Nothing is changed.

    `noted` is an entry of the audit that was kept outside of the database.
    """
    found = [*_content(settings)]
    kept: Kept | None = None
    try:
        kept = await asyncio.to_thread(_kept, settings, noted)
        found += _database(settings, kept)
    except BotError as error:
        found.append(Found("database", str(error), "then run `wazahat doctor` again"))
    channels = [each for each in kept.channels if each.use is not Use.DISABLED] if kept else []
    token, chats = settings.token.get_secret_value(), [each.chat_id for each in channels]
    told = await examine(token, settings.api_url, chats)
    found += _bot(settings, told)
    found += (_place(each, told) for each in channels if not told.failed)
    return [*found, await _http(settings), *await _clock(settings)]


def _content(settings: Settings) -> Iterator[Found]:
    content, faults = app.content_folder(settings.content_dir).inspected()
    errors = sum(fault.severity == "error" for fault in faults)
    if errors:
        yield Found("content", f"{errors} errors", "`wazahat check` lists them with their cures")
    else:
        yield Found("content", f"{len(content.library.records)} records")


def _kept(settings: Settings, noted: Head | None) -> Kept:
    with database(settings, alone=False) as new_uow, new_uow() as uow:
        head, roles = uow.audit.head(), uow.roles.all()
        broken = first_break(uow.audit.all(), (head, *([noted] if noted else [])))
        return Kept(
            broken,
            uow.audit.get(broken.number) if broken else None,
            head,
            uow.holds.active(),
            tuple(uow.channels.all()),
            len({*settings.owner_ids, *(p for p, role in roles.items() if role >= Role.ADMIN)}),
            len({*settings.owner_ids, *roles}),
        )


def _database(settings: Settings, kept: Kept) -> Iterator[Found]:
    kind = settings.database_url.partition(":")[0]
    yield Found("database", f"{kind}, of this version")
    if kept.broken:
        number, how = kept.broken.number, BROKEN[kept.broken.how]
        which = f"{number} ({kept.at.what}, {kept.at.about})" if kept.at else str(number)
        yield Found(
            "audit",
            f"the first broken entry is {which}: {how}",
            "somebody changed the database: compare it with a backup and with the heads in the log",
        )
    else:
        yield Found("audit", f"whole; its last entry, to be noted elsewhere, is {kept.head}")
    if kept.hold:
        reasons = "; ".join(each.reason for each in kept.hold.calls)
        since = f"{kept.hold.calls[0].at.astimezone(settings.zone):%Y-%m-%d %H:%M}"
        yield Found("hold", f"in force since {since}: {reasons}")
    yield _people(kept)


def _people(kept: Kept) -> Found:
    what = f"{kept.staff} with a role, {kept.admins} of them admins or owners"
    if not kept.admins:
        return Found("people", what, "put your Telegram id into WAZAHAT_OWNERS")
    if kept.staff < 2:
        cure = "nobody can approve: grant a second person a role with /grant ID moderator"
        return Found("people", what, cure)
    return Found("people", what)


def _bot(settings: Settings, told: Examined) -> Iterator[Found]:
    if told.failed:
        cure = (
            "look at the network, a proxy or WAZAHAT_API_URL"
            if told.known_token
            else "take it anew from BotFather and put it into WAZAHAT_TOKEN"
        )
        yield Found("token", f"{settings.api_url}: {told.failed}", cure)
        return
    yield Found("token", f"@{told.username}")
    if told.webhook:
        why = f"{told.webhook} is set, with {told.waiting} updates waiting"
        yield Found(
            "webhook",
            f"{why} ({told.webhook_error})" if told.webhook_error else why,
            "start the bot, which removes it; if it comes back, another program has this token:"
            " revoke the token at BotFather",
        )
    else:
        yield Found("webhook", "none, as it has to be for polling")


def _place(channel: Channel, told: Examined) -> Found:
    look = told.looks.get(channel.chat_id)
    name = f"channel {channel.name}"
    if look is None or look.reach is Reach.GONE:
        return Found(name, "the bot is not in it", "add it as an administrator, or disable it")
    missing = [right for right in WANTED if right not in look.rights]
    if look.reach is Reach.OK and not missing:
        return Found(name, "may post and edit")
    cure = "give the bot these rights in the channel's settings, under administrators"
    return Found(name, f"lacks the rights to: {', '.join(missing)}", cure)


async def _http(settings: Settings) -> Found:
    if not settings.listen:
        return Found("http", "off, and with it /feed; WAZAHAT_LISTEN switches it on")
    root = settings.web_root or "nowhere: set WAZAHAT_WEBHOOK_URL if moderators want them"
    where = f"calendars lead to {root}"
    match await listener(settings.listen):
        case Listener.OURS:
            return Found("http", f"{settings.listen} answers; {where}")
        case Listener.NOBODY:
            return Found("http", f"{settings.listen} is free for the bot to listen on; {where}")
        case Listener.OTHER:
            cure = "end that program, or name another host:port in WAZAHAT_LISTEN"
            return Found("http", f"another program has {settings.listen}", cure)


async def _clock(settings: Settings) -> list[Found]:
    before = app.now()
    theirs = await time_of(settings.api_url)
    ours = before + (app.now() - before) / 2
    local = f"{ours.astimezone(settings.zone):%Y-%m-%d %H:%M}"
    zone = Found("time zone", f"{settings.timezone}, where it is {local}")
    if theirs is None:
        cure = "compare this machine's clock with another one: posts go out by it"
        return [zone, Found("clock", f"{settings.api_url} does not tell its time", cure)]
    off = abs(ours - theirs)
    cure = "set this machine's clock, best by NTP: posts go out by it" if off > MOST_SKEW else ""
    return [zone, Found("clock", f"{off.total_seconds():.0f} s off the Bot API's", cure)]
