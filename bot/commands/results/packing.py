"""A campaign as files for other apps, for SMS and for print; no name of anybody is in them."""

import io
import re
import zipfile
from collections.abc import Iterator

from bot.commands.briefs.telling import Telling
from bot.commands.desk import Desk
from bot.commands.drawn import drawing_of
from bot.core.errors import BotError
from bot.core.prose import cited, without_citations
from bot.core.records import Campaign, Language, Source
from bot.core.records.campaigns import CampaignPost
from bot.core.replies import Document, Reply, Request, plain
from bot.core.taps import Tap
from bot.core.text import cut, is_rtl, isolate, utf16_length

SENTENCE_END = re.compile(r"(?<=[.!?۔؟]) ")
SMS, SMS_OTHER = 160, 134
"""UTF-16 units: one message of plain Latin letters, or two joined ones of any others."""

SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a pack, so that the same content makes the same bytes."""


def pack(request: Request, desk: Desk, slug: str) -> Reply:
    """The campaign as a zip file. Its pictures are drawn for it: that may take a minute."""
    campaign = desk.library.get(slug.strip().lower())
    if not isinstance(campaign, Campaign):
        shown = isolate(cut(" ".join(slug.split()), 40))
        return plain(desk.say(request.language, "results.unknown", id=shown))
    files = dict(pack_files(campaign, desk))
    name = f"{campaign.id}.zip"
    pictures = sum(each.endswith(".png") for each in files)
    told = desk.say(request.language, "pack.sent", name=isolate(name), n=pictures)
    return Reply(plain(told).blocks, document=Document(name, _zipped(files)))


def pack_files(campaign: Campaign, desk: Desk) -> Iterator[tuple[str, bytes]]:
    """Names of files and what is in them: a folder of texts for each language, and the pictures.

    A post that is not told in a language has none there; a picture that could not be drawn is
    named in README.txt.
    """
    missing: list[str] = []
    for language in desk.languages:
        for seq, post in enumerate(campaign.posts, 1):
            if getattr(post.headline, language) and getattr(post.text, language):
                for form, text in _texts(campaign, seq, post, desk, language):
                    yield f"{language}/{seq:02}-{form}.txt", f"{text}\n".encode()
        yield from _pictures(campaign, desk, language, missing)
    readme = [_readme(campaign, desk, language) for language in desk.languages]
    left_out = [desk.say("en", "pack.missing", names=", ".join(missing))] if missing else []
    yield "README.txt", ("\n\n".join((*readme, *left_out)) + "\n").encode()


def _texts(
    campaign: Campaign, seq: int, post: CampaignPost, desk: Desk, language: Language
) -> Iterator[tuple[str, str]]:
    """One post in full, as an SMS and for print."""
    telling = Telling(desk, language)
    headline = post.headline.in_language(language)
    body = "".join(span.text for span in telling.prose(post.text))
    tag = f"#{campaign.hashtag.in_language(language)}"
    sources = telling.citing.cited
    links = [f"[{number}] {each.url or each.publisher}" for number, each in sources]
    notes = [f"{number}. {_footnote(each)}" for number, each in sources]
    listed = [telling.say("drawn.linked"), *links] if links else []
    yield "full", "\n\n".join((headline, body, "\n".join((*listed, tag))))
    yield "sms", _sms(headline, post.text.in_language(language), _link(campaign, seq, desk))
    disclosure = telling.own(campaign.disclosure)
    printed = [telling.say("drawn.linked"), *notes] if notes else []
    yield "print", "\n\n".join(filter(None, (headline, body, "\n".join(printed), disclosure)))


def _footnote(source: Source) -> str:
    where = str(source.url) if source.url else None
    parts = (source.publisher, source.title, source.published, where)
    return ", ".join(each for each in parts if each)


def _sms(headline: str, body: str, link: str) -> str:
    """The headline, as many whole sentences as fit, and where their sources are.

    No sentence is cut, since what is left of it might claim something else; without a link to its
    sources none is told that has some.
    """
    told = headline if headline[-1] in ".!?۔؟" else f"{headline}{'۔' if is_rtl(headline) else '.'}"
    for sentence in SENTENCE_END.split(" ".join(body.split())):
        longer = f"{told} {without_citations(sentence)}"
        room = SMS if longer.isascii() else SMS_OTHER
        if utf16_length(f"{longer} {link}".strip()) > room or (cited(sentence) and not link):
            break
        told = longer
    return f"{told} {link}".strip()


def _link(campaign: Campaign, seq: int, desk: Desk) -> str:
    start = Tap(campaign.id, seq).link
    return f"https://t.me/{desk.username}?start={start}" if desk.username else ""


def _pictures(
    campaign: Campaign, desk: Desk, language: Language, missing: list[str]
) -> Iterator[tuple[str, bytes]]:
    """The card of each record that a post leads to, once; `missing` gets those that failed."""
    for record_id in dict.fromkeys(post.record for post in campaign.posts if post.record):
        record = desk.library.get(record_id)
        drawing = record and drawing_of("card", Telling(desk, language), record)
        if not drawing:
            continue
        name = f"pictures/{record_id}-{language}.png"
        try:
            yield name, desk.draw(drawing)
        except (BotError, TimeoutError):
            missing.append(name)


def _readme(campaign: Campaign, desk: Desk, language: Language) -> str:
    telling = Telling(desk, language)
    return "\n\n".join(
        (
            f"{telling.own(campaign.name)} ({telling.own(campaign.hashtag)})",
            telling.say("pack.use", sms=SMS, other=SMS_OTHER),
            telling.say("pack.licence"),
            telling.own(campaign.disclosure),
        )
    )


def _zipped(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, SAME_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, files[name])
    return written.getvalue()
