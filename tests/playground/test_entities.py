import pytest

from bot.adapters.playground.checks import Refusal, utf16_length
from bot.adapters.playground.detect import detect
from bot.adapters.playground.entities import checked_link, parse_html, trimmed


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length, **more}


def test_text_without_markup_passes_as_it_is() -> None:
    assert parse_html("وضاحت, plainly") == ("وضاحت, plainly", [])


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("code", "code"),
        ("pre", "pre"),
        ("tg-spoiler", "spoiler"),
        ("blockquote", "blockquote"),
        ("B", "bold"),
    ],
)
def test_every_tag_is_its_entity(tag: str, kind: str) -> None:
    assert parse_html(f"a<{tag}>bc</{tag}>") == ("abc", [entity(kind, 1, 2)])


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        (
            '<a href="https://example.org/?a=1&amp;b=2">x</a>',
            "x",
            [entity("text_link", 0, 1, url="https://example.org/?a=1&b=2")],
        ),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        (
            '<pre><code class="language-yaml">k: v</code></pre>',
            "k: v",
            [entity("pre", 0, 4, language="yaml")],
        ),
        ("<b></b>x", "x", []),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("<b>x <code>y</code> z</b>", "x y z", None),
        ("5 &lt; 6 &amp;&nbsp; &#1608;", "5 < 6 &&nbsp; و", []),
        ("<a>example.org</a>", "example.org", None),
    ],
)
def test_special_cases(source: str, text: str, entities: list[object] | None) -> None:
    got_text, got = parse_html(source)
    assert got_text == text
    if entities is not None:
        assert got == entities


def test_code_cuts_the_bold_around_it() -> None:
    _, found = parse_html("<b>x <code>y</code> z</b>")
    assert found == [entity("bold", 0, 2), entity("code", 2, 1), entity("bold", 3, 2)]


def test_offsets_count_utf16_units() -> None:
    text, [bold] = parse_html("🕊️<b>امن</b>")
    assert (bold["offset"], bold["length"]) == (3, 3)
    assert utf16_length(text) == 6


@pytest.mark.parametrize(
    "source", ["&#128330;<b>امن</b>", "<u>&#x1F54A;</u><b>امن</b>", "&LT;<b>امن</b>"]
)
def test_what_a_reference_stands_for_counts_as_it_is_read(source: str) -> None:
    text, entities = parse_html(source)
    assert entities[-1]["offset"] == utf16_length(text.removesuffix("امن"))


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
        ("و<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_faults_are_named_in_telegrams_words(source: str, fault: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {fault}"


def test_trimming_moves_and_clips_entities() -> None:
    text, entities = trimmed("\n a b \n", [entity("bold", 1, 6), entity("italic", 0, 1)])
    assert (text, entities) == ("a b", [entity("bold", 0, 3)])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/start x", [("bot_command", 0, 6)]),
        ("🕊 /help@wazahat_demo_bot", [("bot_command", 3, 22)]),
        ("ask @wazahat_demo_bot!", [("mention", 4, 17)]),
        ("#امن and #2014", [("hashtag", 0, 4)]),
        ("see https://example.org/a_(b).", [("url", 4, 24)]),
        ("write to desk@example.org", [("email", 9, 16)]),
        ("and/or a/b 1/2", []),
        ("end.Next", []),
    ],
)
def test_what_telegram_finds_by_itself(text: str, kinds: list[tuple[str, int, int]]) -> None:
    assert [(e["type"], e["offset"], e["length"]) for e in detect(text)] == kinds


def test_nothing_is_found_inside_code_or_links() -> None:
    text, given = parse_html('<code>/help</code> <a href="https://example.org">@someone</a> /x')
    assert [e["type"] for e in detect(text, given)] == ["code", "text_link", "bot_command"]


@pytest.mark.parametrize("url", ["http://", "javascript://x.y", "https://nodot", "https://a b.c"])
def test_bad_addresses_are_no_links(url: str) -> None:
    assert checked_link(url) is None
