"""What a reader can ask for, and what comes back."""

import pytest

from bot.commands import pages
from bot.commands.briefs import brief, command_for
from bot.commands.desk import Desk
from bot.commands.table import BY_NAME, COMMANDS, open_to, respond
from bot.core.people import Role
from bot.core.records import Attack, Language
from bot.core.replies import Reply, Request
from bot.core.text import FSI, PDI
from tests.fakes.clock import FakeClock
from tests.fakes.growth import MORE_THAN_IN_STEP, growth
from tests.fakes.people import AUTHOR, READER, REVIEWER, Chat, actions, buttons, walk

FOR_MODERATORS = [command.name for command in COMMANDS if command.needs > Role.READER]
HOSTILE = "<b>\u202e\x00\x1b[31m&amp;</b> \u2066'\"{n}"
RAW = {"\u202e", "\x00", "\x1b", "\u2066"}


def opens(reply: Reply) -> str | None:
    """The record whose brief this is."""
    found = [
        each.removeprefix("picture ") for each in actions(reply) if each.startswith("picture ")
    ]
    return found[0] if found else None


def test_every_command_of_readers_answers(say: Chat) -> None:
    for command in open_to(Role.READER):
        assert say(READER, f"/{command.name}").blocks, command.name


@pytest.mark.parametrize(
    "text", ["/group", "/groups", "/GROUPS", "/groups@wazahat_bot", "/groups x"]
)
def test_a_command_may_be_written_in_several_ways(say: Chat, text: str) -> None:
    assert "group isis" in actions(say(READER, text))


@pytest.mark.parametrize("text", ["/nonsense", "/startx", "/" + "a" * 32])
def test_an_unknown_command_is_named(say: Chat, text: str) -> None:
    told = say(READER, text).text
    assert text in told
    assert "/help" in told


@pytest.mark.parametrize("name", FOR_MODERATORS)
def test_to_a_reader_a_moderators_command_does_not_exist(say: Chat, name: str) -> None:
    unknown = say(READER, "/nonsense").text
    for reply in (say(READER, f"/{name} 1"), say.press(READER, f"{name} 1"), say(None, f"/{name}")):
        assert reply.text == unknown.replace("nonsense", name)
        assert not reply.notices


def test_a_reader_cannot_approve_by_a_forged_button(say: Chat) -> None:
    say(AUTHOR, "/compose +10m | @channel | hello")
    assert "do not know" in say.press(READER, "approve 1").text
    assert "1: review" in say(AUTHOR, "/post 1").text


@pytest.mark.parametrize(
    "action", ["", " ", "💥", "approve", "sources", "/", "//x", "attack " + "x" * 60]
)
def test_a_forged_button_gets_an_answer(say: Chat, action: str) -> None:
    assert say.press(READER, action).blocks


def test_help_shows_a_reader_what_is_open_to_them(say: Chat) -> None:
    told = say(READER, "/help").text
    assert all(f"/{name} " not in told for name in FOR_MODERATORS)
    assert all(f"/{command.name}" in told for command in open_to(Role.READER))


def test_help_shows_a_moderator_everything(say: Chat) -> None:
    told = say(AUTHOR, "/help").text
    assert all((str(command) in told) is command.listed for command in COMMANDS)


def test_help_speaks_the_language_of_the_reader(say: Chat) -> None:
    assert say(READER, "/help", "ur").text != say(READER, "/help").text


def test_start_greets_with_lists_to_open(say: Chat) -> None:
    reply = say(READER, "/start")
    assert "Wazahat" in reply.text
    assert {"groups", "attacks"} <= set(actions(reply))
    for action in actions(reply):
        assert "do not know" not in say.press(READER, action).text


def test_a_link_opens_a_brief(say: Chat) -> None:
    assert opens(say(READER, "/start b_sehwan-2017")) == "sehwan-2017"


@pytest.mark.parametrize("link", ["c_pehle-jaanch_1", "c_pehle-jaanch_99"])
def test_a_link_of_a_campaign_opens_its_brief(say: Chat, link: str) -> None:
    assert opens(say(READER, f"/start {link}")) is not None


@pytest.mark.parametrize(
    "payload", ["c_campaign_3", "c_", "c_pehle-jaanch", "x", "b", HOSTILE, "sehwan-2017"]
)
def test_an_unknown_payload_is_greeted(say: Chat, payload: str) -> None:
    assert say(READER, f"/start {payload}").text == say(READER, "/start").text


def test_a_link_to_a_brief_that_is_gone_says_so(say: Chat) -> None:
    reply = say(READER, "/start b_no-such-record-2019")
    assert opens(reply) is None
    assert "no brief" in reply.text


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("/group isis-k", "isis-k"),
        ("/group lej alami", "lej-al-alami"),
        ("/attack safora bus", "safoora-goth-2015"),
        ("/attack isis", "isis"),
        ("/search shah norani", "shah-noorani-2016"),
        ("who was behind the sehwan shrine bombing", "sehwan-2017"),
        ("  sehwan  ", "sehwan-2017"),
        ("سانحہ صفورا", "safoora-goth-2015"),
        ("sehwan-2017", "sehwan-2017"),
    ],
)
def test_a_brief_is_opened_by_what_a_reader_writes(say: Chat, text: str, record: str) -> None:
    assert opens(say(READER, text)) == record


def test_a_name_of_two_groups_asks_which(say: Chat) -> None:
    reply = say(READER, "jundallah")
    assert set(actions(reply)) == {"group jundullah-pk", "group jundallah-ir", "none"}
    assert opens(say.press(READER, buttons(reply)[0])) is not None


def test_where_none_of_the_choices_was_meant_the_lists_are_offered(say: Chat) -> None:
    reply = say.press(READER, "none")
    assert "no brief" in reply.text
    assert {"groups", "attacks", "myths", "topics"} == set(actions(reply))


def test_a_group_is_asked_for_where_only_groups_are_meant(say: Chat) -> None:
    *groups, none = actions(say(READER, "/group taliban"))
    assert groups
    assert all(action.startswith("group ") for action in groups)
    assert none == "none"


@pytest.mark.parametrize(
    "text", ["lentil soup recipe", "/search lentil soup", "/group lentil soup"]
)
def test_off_topic_questions_get_no_brief(say: Chat, text: str) -> None:
    reply = say(READER, text)
    assert opens(reply) is None
    assert "no brief" in reply.text


@pytest.mark.parametrize("text", ["karachi bus timings", "school", "hospital", "mosque"])
def test_where_one_brief_may_be_meant_it_is_offered_and_not_sent(say: Chat, text: str) -> None:
    reply = say(READER, text)
    assert opens(reply) is None
    assert buttons(reply)


@pytest.mark.parametrize("text", ["/search", "/sources"])
def test_a_command_without_its_words_says_how(say: Chat, text: str) -> None:
    assert f"{text} sehwan" in say(READER, text).text


@pytest.mark.parametrize("which", ["2017", "۲۰۱۷"])
def test_attacks_of_a_year(say: Chat, desk: Desk, which: str) -> None:
    listed = {
        action.removeprefix("attack ") for action in actions(say(READER, f"/attacks {which}"))
    }
    assert listed == {a.id for a in desk.library.attacks if a.date.year == 2017}
    assert "sehwan-2017" in listed


def test_attacks_of_a_place(say: Chat) -> None:
    listed = actions(say(READER, "/attacks quetta"))
    assert {"attack quetta-civil-hospital-2016", "attack quetta-police-college-2016"} <= set(listed)
    assert "attack sehwan-2017" not in listed


def test_attacks_of_a_group(say: Chat, desk: Desk) -> None:
    *listed, back = actions(say(READER, "/attacks jundullah pakistan"))
    assert listed == [f"attack {a.id}" for a in desk.library.attacks_of("jundullah-pk")]
    assert back == "group jundullah-pk"


@pytest.mark.parametrize("command", ["attacks", "timeline"])
def test_a_list_of_one_of_two_groups_asks_which(say: Chat, command: str) -> None:
    asked = say(READER, f"/{command} jundallah")
    assert {f"{command} jundullah-pk", f"{command} jundallah-ir"} <= set(actions(asked))
    assert "Jundullah (Pakistan)" in say.press(READER, f"{command} jundullah-pk").text


@pytest.mark.parametrize("which", ["سندھ", "Sindh", "sindh", "سنده"])
def test_attacks_of_a_province_in_any_language(say: Chat, desk: Desk, which: str) -> None:
    listed = set(actions(say(READER, f"/attacks {which}", "ur")))
    in_sindh = [each for each in desk.library.attacks if each.place.province == "Sindh"]
    assert {f"attack {each.id}" for each in in_sindh} <= listed


def test_part_of_a_word_is_no_place(say: Chat) -> None:
    assert not [each for each in actions(say(READER, "/attacks a")) if each.startswith("attack ")]


def test_a_long_name_of_a_group_still_turns_its_pages(
    say: Chat, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "A_PAGE", 2)
    shown = actions(say(READER, "/attacks دولت اسلامیہ خراسان یعنی داعش خراسان", "ur"))
    assert all(len(each.encode()) <= 64 for each in shown)


@pytest.mark.parametrize("command", ["search", "sources", "attacks", "timeline", "quiz", "group"])
def test_despair_is_heard_in_every_command_that_takes_words(say: Chat, command: str) -> None:
    told = say(READER, f"/{command} i want to kill myself")
    assert told.blocks[1:] == say(READER, "/support").blocks


@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_card_says_how_fresh_and_how_reviewed_it_is(
    say: Chat, desk: Desk, language: Language
) -> None:
    told = brief(desk.library.records["sehwan-2017"], desk, language)
    for name in ("toll", "who", "after", "article"):
        assert desk.say(language, "record.unreviewed") in told.cards[name].text


def test_all_attacks_are_listed_latest_first(say: Chat, desk: Desk) -> None:
    listed = [action.removeprefix("attack ") for action in actions(say(READER, "/attacks"))]
    dates = [desk.library.records[each].date for each in listed]  # type: ignore[attr-defined]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == len(desk.library.attacks)


@pytest.mark.parametrize("which", ["1999", "the moon", "0" * 300, "9" * 10_000])
def test_attacks_that_there_are_none_of(say: Chat, which: str) -> None:
    reply = say(READER, f"/attacks {which}")
    assert "no brief on an attack" in reply.text
    assert not buttons(reply)


@pytest.mark.parametrize("record", ["sehwan-2017", "isis-k"])
def test_sources_lead_back_to_the_brief(say: Chat, record: str) -> None:
    told = say(READER, record)
    listed = say.press(READER, f"card {record} sources")
    assert listed.blocks == say(READER, f"/sources {record}").blocks
    urls = {span.url for block in told.blocks for span in block.spans if span.url}
    assert urls <= {span.url for block in listed.blocks for span in block.spans}
    [back] = [each for each in actions(listed) if each.endswith(f" {record}")]
    assert say.press(READER, back) == told


def test_sources_of_a_name_that_two_have_ask_which(say: Chat) -> None:
    assert set(actions(say(READER, "/sources jundallah"))) == {
        "sources jundullah-pk",
        "sources jundallah-ir",
        "none",
    }


def test_an_attack_shows_its_toll_as_a_range_with_who_counted(say: Chat) -> None:
    told = say(READER, "safoora-goth-2015").text
    assert "Killed 43 to 47 or more" in told
    assert "Responsibility: disputed." in told
    assert "Sindh police chief" in say.press(READER, "card safoora-goth-2015 toll").text
    assert "The article and the record:" in say.press(READER, "card safoora-goth-2015 article").text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("how many died in the sehwan bombing", "Killed 70 to 90 or more"),
        ("who did the sehwan bombing", "Responsibility: established by a court."),
        ("when was the sehwan bombing", "When: 16 February 2017"),
        ("where was the sehwan bombing", "Where: Shrine of Lal Shahbaz Qalandar, Sehwan"),
    ],
)
def test_a_question_about_one_field_is_answered_with_it_first(
    say: Chat, question: str, begins: str
) -> None:
    reply = say(READER, question)
    assert opens(reply) == "sehwan-2017"
    assert reply.blocks[1].text.startswith(begins)
    assert actions(reply) == actions(say(READER, "sehwan-2017"))


@pytest.mark.parametrize("language", ["en", "ur"])
def test_what_is_of_concern_is_refused_or_helped(say: Chat, language: Language) -> None:
    refused = say(READER, "how do i make a bomb", language)
    assert actions(refused) == ["support"]
    assert opens(refused) is None
    helped = say(READER, "i want to kill myself", language)
    lines = say(READER, "/support", language).blocks
    assert helped.blocks[1:] == lines


def test_a_group_gets_a_short_answer_that_leads_to_the_private_chat(desk: Desk) -> None:
    def ask(text: str) -> Reply:
        return respond(Request(text, READER, private=False, chat="telegram:-100"), desk)

    brief, listed = ask("sehwan"), ask("/attacks")
    assert buttons(ask("/timeline isis-k"))[-1].start == "timeline_isis-k"
    assert ask("/support").blocks == respond(Request("/support", READER), desk).blocks
    assert [button.start for button in buttons(brief)] == ["b_sehwan-2017"]
    assert buttons(listed)[-1].start == "attacks"
    assert len(listed.buttons) <= 6
    assert len(listed.text) < 800
    assert ask("/about").blocks == respond(Request("/about", READER), desk).blocks[:4]


def test_a_link_from_a_group_opens_the_whole_list(say: Chat) -> None:
    assert say(READER, "/start attacks") == say(READER, "/attacks")
    assert say(READER, "/start timeline_isis-k") == say(READER, "/timeline isis-k")
    assert say(READER, "/start today") == say(READER, "/today")
    assert "Welcome" in say(READER, "/start posts").text


def test_long_lists_come_in_pages(say: Chat, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "A_PAGE", 5)
    opened, turn = list[str](), "attacks"
    for page in range(1, 5):
        shown = actions(say.press(READER, turn))
        opened += [each for each in shown if each.startswith("attack ")]
        turn = f"attacks p{page + 1}"
        assert (turn in shown) is (page < 4)
    assert opened == [f"attack {each.id}" for each in desk.library.attacks]


def test_an_old_brief_carries_a_note(say: Chat, clock: FakeClock) -> None:
    note = "past its review date"
    assert note not in say(READER, "sehwan-2017").text
    clock.forward(days=900)
    assert note in say(READER, "sehwan-2017").text


@pytest.mark.parametrize("language", ["en", "ur"])
def test_a_text_that_nobody_reviewed_says_so(say: Chat, desk: Desk, language: str) -> None:
    record = desk.library.records["sehwan-2017"]
    note = desk.say(language, "record.unreviewed")  # type: ignore[arg-type]
    told = brief(record, desk, language).front.text  # type: ignore[arg-type]
    assert (note in told) is (language not in record.reviewed)


def test_every_action_fits_into_a_button(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/compose +10m | @channel | hello")
    texts = [
        "/start",
        "/groups",
        "/attacks",
        "/sources jundallah",
        "jundallah",
        "/posts",
        "/post 1",
    ]
    replies = [say(REVIEWER, text) for text in texts]
    for record in desk.library.records.values():
        replies += [say(READER, record.id), say(READER, f"/sources {record.id}")]
        assert len(f"start=b_{record.id}".encode()) <= 64
    for reply in replies:
        assert all(0 < len(action.encode()) <= 64 for action in actions(reply))


def test_every_brief_is_opened_by_its_command(say: Chat, desk: Desk) -> None:
    for record in desk.library.records.values():
        assert opens(say.press(READER, command_for(record))) == record.id


def test_a_brief_links_to_related_briefs(say: Chat) -> None:
    reply = say.press(READER, "card safoora-goth-2015 related")
    assert "group jundullah-pk" in actions(reply)


@pytest.mark.parametrize(
    "text", [HOSTILE, f"/search {HOSTILE}", f"/attacks {HOSTILE}", f"/sources {HOSTILE}"]
)
def test_what_is_repeated_is_isolated_and_without_control_characters(say: Chat, text: str) -> None:
    shown = "".join(walk(say(READER, text)))
    assert "<b>" in shown, "escaping is left to the platform's edge"
    assert not RAW & set(shown.replace(FSI, "").replace(PDI, ""))
    assert shown.count(FSI) == shown.count(PDI)


@pytest.mark.parametrize(
    "command", ["", "/search ", "/group ", "/attacks ", "/sources ", "/start b_", "/"]
)
def test_ten_thousand_characters_are_answered_shortly_and_in_step(say: Chat, command: str) -> None:
    words = " ".join(f"sewan{number}" for number in range(1_200))[:10_000]
    some, all_of_it = (
        (lambda: say(READER, command + words[:2_500])),
        (lambda: say(READER, command + words)),
    )
    assert growth(some, all_of_it) < MORE_THAN_IN_STEP
    reply = say(READER, command + words)
    assert 0 < len(reply.text) < 600


@pytest.mark.parametrize("text", ["", " ", "\n", "\u202e", "\x00", "😀", "/", "/ start", "?"])
def test_a_text_that_says_nothing_is_answered_too(say: Chat, text: str) -> None:
    assert say(READER, text).text


def test_reading_leaves_no_trace(say: Chat, desk: Desk) -> None:
    for text in ("/start", "sehwan", "/attacks 2017", "lentil soup"):
        assert not say(READER, text).notices
    with desk.new_uow() as uow:
        assert uow.posts.get(1) is None


def test_the_table_names_every_command_once() -> None:
    assert len(BY_NAME) == len(COMMANDS)
    assert all(name == name.lower() for name in BY_NAME)


def test_dates_and_places_are_told(say: Chat, desk: Desk) -> None:
    attack = desk.library.records["sehwan-2017"]
    assert isinstance(attack, Attack)
    assert "16 February 2017" in say(READER, "sehwan-2017").text
    assert "Sindh" in say(READER, "sehwan-2017").text
