"""Telegram's HTML: text and entities out of it, and the faults it names, by byte offset."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from bot.adapters.playground.checks import Json, bad, utf16_length

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACE = " \t\r\n\0\v"
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
SPECIAL = re.compile(r"[<&]")
#: What is marked up: common tags as most bots write them, in one step, else where one may begin.
MARKED = re.compile(
    r"<(b|i|u|s|code|blockquote)>|</([a-z-]+)>|<a href=\"([^\"]*)\">|&(lt|gt|amp|quot);|[<&]",
    re.IGNORECASE,
)
PLAIN, END, LINK, NAME = 1, 2, 3, 4
ATTRIBUTE = re.compile(
    r"""[ \t\r\n]*([^\s=>/"']+)(?:[ \t\r\n]*=[ \t\r\n]*("[^"]*"|'[^']*'|[A-Za-z0-9.\-]+))?"""
)
#: Which entity comes first where two start and end together.
ORDER = {"blockquote": 0, "expandable_blockquote": 1, "pre": 2, "code": 3, "text_link": 4}
VERBATIM = ("code", "pre")


@dataclass(slots=True)
class OpenTag:
    name: str
    argument: str
    offset: int


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The visible text and its entities, or a `Refusal` saying what is wrong and where."""
    if not SPECIAL.search(source):
        return source, []
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.offset = 0
        self.open: list[OpenTag] = []
        self.found: list[Json] = []
        # Where no character counts as two, the built-in length is Telegram's.
        self.measure: Callable[[str], int] = (
            len if utf16_length(source) == len(source) else utf16_length
        )

    def run(self) -> tuple[str, list[Json]]:
        position, source = 0, self.source
        while mark := MARKED.search(source, position):
            begin, kind = mark.start(), mark.lastindex
            if begin > position:
                self._emit(source[position:begin])
            position = self._marked(mark, kind) if kind else self._special(begin)
        self._emit(source[position:])
        if self.open:
            name = self.open[-1].name
            raise _fault(f'Can\'t find end tag corresponding to start tag "{name}"')
        return "".join(self.parts), _tidy(self.found)

    def _marked(self, mark: re.Match[str], kind: int) -> int:
        if kind == END:
            return self._end_tag(mark.start(), mark[END].lower(), mark.end())
        if kind == LINK:
            self.open.append(OpenTag("a", _unescape(mark[LINK]), self.offset))
        elif kind == PLAIN:
            self.open.append(OpenTag(mark[PLAIN].lower(), "", self.offset))
        else:
            self._emit(NAMED.get(mark[NAME], mark[0]))
        return mark.end()

    def _special(self, begin: int) -> int:
        if self.source[begin] == "&":
            return self._reference(begin)
        if not self.source.startswith("</", begin):
            return self._start_tag(begin)
        if self.open and (end := self.source.find(">", begin)) >= 0:
            return self._end_tag(begin, self.source[begin + 2 : end].strip(SPACE).lower(), end + 1)
        raise self._at("Unclosed end tag" if self.open else "Unexpected end tag", begin)

    def _emit(self, text: str) -> None:
        self.parts.append(text)
        self.offset += self.measure(text)

    def _reference(self, position: int) -> int:
        match = REFERENCE.match(self.source, position)
        text = _decode(match) if match else ""
        self.parts.append(text or "&")
        # What a number stands for may count as two even where nothing written does.
        self.offset += utf16_length(text or "&")
        return match.end() if match and text else position + 1

    def _start_tag(self, begin: int) -> int:
        end = begin + 1
        while end < len(self.source) and self.source[end] not in SPACE + ">":
            end += 1
        if end == len(self.source):
            raise self._at("Unclosed start tag", begin)
        name = self.source[begin + 1 : end].lower()
        if name not in TAGS:
            raise self._at(f'Unsupported start tag "{name}"', begin)
        end, argument = self._attributes(name, begin, end)
        if name == "span" and argument != "tg-spoiler":
            raise self._at('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(OpenTag(name, argument, self.offset))
        return end

    def _attributes(self, tag: str, begin: int, position: int) -> tuple[int, str]:
        """Read to past the `>`; of the attributes only the one this tag has a use for is kept."""
        argument = ""
        while True:
            while position < len(self.source) and self.source[position] in SPACE:
                position += 1
            if position == len(self.source):
                raise self._at("Unclosed start tag", begin)
            if self.source[position] == ">":
                return position + 1, argument
            match = ATTRIBUTE.match(self.source, position)
            if match is None:
                raise self._at(f'Empty attribute name in the tag "{tag}"', begin)
            name, value = match[1], match[2]
            if value is None and (tag, name) != ("blockquote", "expandable"):
                wrong = "Expected equal sign in declaration of an attribute of the tag"
                raise self._at(f'{wrong} "{tag}"', begin)
            argument = _argument(tag, name, value) or argument
            position = match.end()

    def _end_tag(self, begin: int, name: str, end: int) -> int:
        if not self.open:
            raise self._at("Unexpected end tag", begin)
        tag = self.open.pop()
        if name and name != tag.name:
            wanted = f'expected "</{tag.name}>", found "</{name}>"'
            raise self._at("Unmatched end tag", begin, f", {wanted}")
        if self.offset > tag.offset:
            self._close(tag)
        return end

    def _close(self, tag: OpenTag) -> None:
        entity: Json = {
            "type": TAGS[tag.name],
            "offset": tag.offset,
            "length": self.offset - tag.offset,
        }
        if tag.name == "a":
            url = checked_link(tag.argument or _cut("".join(self.parts), entity))
            if url is None:
                return
            entity["url"] = url
        elif tag.name == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        elif tag.name == "code" and tag.argument:
            entity["language"] = tag.argument
        elif tag.name == "pre":
            self._take_language(entity)
        self.found.append(entity)

    def _take_language(self, pre: Json) -> None:
        # <pre><code class="language-x"> is one entity: `pre` with a language.
        inner = self.found[-1] if self.found else {}
        if inner.get("type") == "code" and _span(inner) == _span(pre) and "language" in inner:
            pre["language"] = self.found.pop()["language"]

    def _at(self, what: str, position: int, more: str = "") -> Exception:
        offset = len(self.source[:position].encode())
        return _fault(f"{what} at byte offset {offset}{more}")


@lru_cache(maxsize=4096)
def checked_link(url: str) -> str | None:
    """The address as Telegram keeps it, or None for what it takes for no address at all."""
    if url.startswith("tg://"):
        return url
    if "://" not in url:
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    known = parts.scheme.lower() in ("http", "https") and not re.search(r"\s", url)
    local = host == "localhost" or re.fullmatch(r"[0-9.]+", host)
    if not known or not host or not ("." in host.strip(".") or local):
        return None
    return url if parts.path or parts.query or parts.fragment else url + "/"


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at both ends, entities moved and clipped to what is left."""
    left = text.lstrip()
    shift = utf16_length(text) - utf16_length(left)
    kept = left.rstrip()
    end = utf16_length(kept)
    if not entities or (len(kept) == len(text) and _all_within(entities, end)):
        return kept, entities
    clipped = []
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        stop = min(entity["offset"] - shift + entity["length"], end)
        if stop > start:
            clipped.append({**entity, "offset": start, "length": stop - start})
    return kept, clipped


def _all_within(entities: list[Json], end: int) -> bool:
    return all(
        e["offset"] >= 0 and e["length"] > 0 and e["offset"] + e["length"] <= end for e in entities
    )


def _argument(tag: str, name: str, value: str | None) -> str:
    if value is not None:
        quoted = value[:1] in ('"', "'")
        value = _unescape(value[1:-1]) if quoted else value.lower()
    if (tag, name) == ("blockquote", "expandable"):
        return "expandable"
    if (tag, name) in (("a", "href"), ("span", "class")):
        return value or ""
    if (tag, name) == ("code", "class") and (value or "").startswith("language-"):
        return (value or "").removeprefix("language-")
    return ""


def _unescape(text: str) -> str:
    if "&" not in text:
        return text
    return REFERENCE.sub(lambda match: _decode(match) or match[0], text)


def _decode(match: re.Match[str]) -> str:
    """The character meant, or nothing for a reference that Telegram leaves as it stands."""
    if match[3]:
        return NAMED.get(match[3], "")
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def _tidy(entities: list[Json]) -> list[Json]:
    """Code and preformatted text hold nothing else; the order is Telegram's."""
    walls = [_span(e) for e in entities if e["type"] in VERBATIM]
    if not walls:
        return sorted(entities, key=_rank)
    kept = []
    for entity in entities:
        if entity["type"] in (*VERBATIM, "blockquote", "expandable_blockquote"):
            kept.append(entity)
            continue
        for start, stop in _outside(_span(entity), walls):
            kept.append({**entity, "offset": start, "length": stop - start})
    return sorted(kept, key=_rank)


def _rank(entity: Json) -> tuple[int, int, int]:
    return entity["offset"], -entity["length"], ORDER.get(entity["type"], len(ORDER))


def _outside(span: tuple[int, int], walls: list[tuple[int, int]]) -> list[tuple[int, int]]:
    pieces = [span]
    for low, high in walls:
        pieces = [
            piece
            for start, stop in pieces
            for piece in ((start, min(stop, low)), (max(start, high), stop))
            if piece[0] < piece[1]
        ]
    return pieces


def _span(entity: Json) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _cut(text: str, entity: Json) -> str:
    start, stop = _span(entity)
    return text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le")


def _fault(what: str) -> Exception:
    return bad(f"can't parse entities: {what}")
