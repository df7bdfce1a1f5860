"""M, A and L: posts that can be read, told apart from noise, and trusted."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from bot.core.prose import cited
from bot.core.records import Narrative
from bot.core.text import utf16_length
from bot.editorial.findings import Spot
from bot.editorial.reading import CITED, Reading
from bot.editorial.subject import Piece

LONGEST_SENTENCE = {"en": 25, "ur": 34}
"""Words. Urdu writes postpositions and helping verbs as words of their own: a third more."""
LONGEST_BODY, LONGEST_CAPTION, LONGEST_MESSAGE = 900, 1024, 4096
SHORTEST_ALT = 15
MOST_HASHTAGS = 3

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"”)\]\x01]+|\b(?:bit\.ly|t\.co|goo\.gl)/\S+")
_AFTER_LINK = ".,؛،۔"
_SHORTENERS = frozenset(
    {
        "bit.ly", "buff.ly", "cutt.ly", "goo.gl", "is.gd", "ow.ly", "rb.gy", "shorturl.at", "t.co",
        "t.ly", "tinyurl.com",
    }
)  # fmt: skip
_CAPITALS = re.compile(r"[A-Z]{2,}(?:[ ,!]+[A-Z]{2,}){2,}")
_HASHTAG = re.compile(r"#(\w+)")
_LATIN = re.compile(r"[A-Za-z][\w.,'’&-]*(?:\s+[A-Za-z][\w.,'’&-]*)+")
_ISOLATED = re.compile("[\u2066-\u2068][^\u2069]*\u2069")
_ONLY_A_PICTURE = re.compile(
    r"\W*(?:an? |the )?(?:image|picture|photo|poster)(?: of)?\W*\w*\W*", re.I
)


def unexplained_myth(read: Reading) -> Iterator[Spot]:
    """A myth post with nothing behind it that explains, or a headline that leads with the myth."""
    explained = any(isinstance(each, Narrative) for each in read.subject.records)
    if read.subject.kind == "myth and why" and not explained:
        yield Spot(("record",), about="no narrative with its why_false stands behind it")
    for hit in read.hits.get("myth-headline", ()):
        piece = read.piece_at(hit.start)
        opens = hit.start == read.page.rfind("\0", 0, hit.start) + 1
        if opens and piece.role == "headline":
            yield read.spot(hit.start, hit.end, "the headline opens with the myth")


def fear_alone(read: Reading) -> Iterator[Spot]:
    if read.subject.is_post and not read.pattern("hope").search(read.page):
        for hit in read.hits.get("fear", ()):
            yield read.spot(hit.start, hit.end)


def calls_to_action(read: Reading) -> Iterator[Spot]:
    if not read.subject.is_post or read.subject.kind == "memorial":
        return
    if read.subject.actions is not None and read.subject.actions != 1:
        yield Spot(("action",), about=f"{read.subject.actions} calls to action")
    links = {(piece.language, found[0].rstrip(_AFTER_LINK)) for piece, found in _links(read)}
    for language in sorted({language for language, _ in links}):
        count = sum(each == language for each, _ in links)
        if count > 1:
            yield Spot(("text", language), about=f"{count} different links")


def _links(read: Reading) -> Iterator[tuple[Piece, re.Match[str]]]:
    for piece, text in read.texts:
        if "/" in text or "www." in text:
            yield from ((piece, found) for found in _LINK.finditer(text))


def shouting(read: Reading) -> Iterator[Spot]:
    if "!" in read.page:
        for piece, text in read.texts:
            if text.count("!") >= 2:
                yield Spot(piece.field, text[-60:], "more than one exclamation mark")
    groups = read.pattern("group-names")
    for found in _CAPITALS.finditer(read.capitals):
        words = re.findall(r"\w+", found[0])
        if max(map(len, words)) > 4 and not groups.search(found[0].lower()):
            yield read.spot(*found.span(), "all in capitals")


def too_long(read: Reading) -> Iterator[Spot]:
    for piece, sentence in read.sentences:
        most = LONGEST_SENTENCE.get(piece.language, LONGEST_SENTENCE["en"])
        if sentence.count(" ") < most:
            continue
        if (count := len(sentence.replace(CITED, " ").split())) > most:
            yield Spot(piece.field, sentence.replace(CITED, ""), f"{count} words in one sentence")
    for piece, text in read.pieces_of("prose", "caption"):
        if len(text) * 2 <= LONGEST_BODY:
            continue
        length = utf16_length(text.replace(CITED, ""))
        limit = LONGEST_CAPTION if piece.role == "caption" else LONGEST_MESSAGE
        if read.subject.is_post and length > limit:
            yield Spot(piece.field, about=f"{length} characters of {limit}", severity="error")
        elif length > LONGEST_BODY:
            yield Spot(piece.field, about=f"{length} characters; {LONGEST_BODY} are a screenful")


def hashtags(read: Reading) -> Iterator[Spot]:
    for piece, text in read.pieces_of("prose", "caption", "hashtag"):
        tags = _HASHTAG.findall(text) if "#" in text else []
        if len(tags) > MOST_HASHTAGS:
            yield Spot(piece.field, about=f"{len(tags)} hashtags")
        for tag in tags:
            if tag.isascii() and tag.islower() and len(tag) > 12 and "_" not in tag:
                yield Spot(piece.field, f"#{tag}", "its words run together")


def without_alt(read: Reading) -> Iterator[Spot]:
    for field, alt in read.subject.media:
        said = alt.en if alt else ""
        if len(said) < SHORTEST_ALT or _ONLY_A_PICTURE.fullmatch(said):
            yield Spot((*field, "alt"), said)


def untranslated(read: Reading) -> Iterator[Spot]:
    """Urdu that is missing, or that cites other sources than the English."""
    for field, text in read.subject.texts:
        if text.ur is None:
            yield Spot(field, about="no Urdu")
        elif "[@" in text.en or "[@" in text.ur:
            apart = sorted(set(cited(text.en)) ^ set(cited(text.ur)))
            if apart:
                yield Spot((*field, "ur"), about=f"cited in one language only: {', '.join(apart)}")


def mixed_direction(read: Reading) -> Iterator[Spot]:
    for piece, text in read.texts:
        if piece.language != "ur" or piece.role == "alias" or not _has_latin(text):
            continue
        bare = _ISOLATED.sub("", text)
        for line in bare.splitlines():
            if (link := _LINK.match(line.strip())) and link.end() < len(line.strip()):
                yield Spot(piece.field, link[0], "a link opens a line of Urdu")
            elif found := _LATIN.search(_LINK.sub("", line)):
                yield Spot(piece.field, found[0], "words from left to right without isolates")


def _has_latin(text: str) -> bool:
    return re.search("[A-Za-z]", text) is not None


def unsafe_links(read: Reading) -> Iterator[Spot]:
    for piece, found in _links(read):
        if about := _unsafe(found[0].rstrip(_AFTER_LINK)):
            yield Spot(piece.field, found[0], about)


def _unsafe(link: str) -> str:
    address = urlsplit(link if "//" in link else f"https://{link}")
    if (address.hostname or "").removeprefix("www.") in _SHORTENERS:
        return "a shortener hides where it leads"
    if address.scheme != "https" or "//" not in link:
        return "not https"
    unknown = [key for key, _ in parse_qsl(address.query, True) if not key.startswith("utm_")]
    return f"carries {', '.join(unknown)}" if unknown else ""
