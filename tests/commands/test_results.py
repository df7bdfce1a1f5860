"""Results as moderators ask for them, and nothing in them that is about anybody."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

import pytest

from bot.commands.counting import Counting
from bot.commands.desk import Desk
from bot.commands.table import is_quick
from bot.core.channels import Address
from bot.core.drawings import Drawing
from bot.core.errors import NotSent, OutsideError
from bot.core.posts import DeliveryState, Post, PostButton
from bot.core.records import Campaign, Language
from bot.core.replies import Reply
from bot.core.taps import BUTTONS, Tap
from bot.core.text import utf16_length
from tests.db.drafts import approved, draft
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, OTHER, READER, Chat, actions

CAMPAIGN = "dekho-haqeeqat"


def members(address: Address) -> int:
    if address.chat == "@small":
        return 4
    if address.chat == "@away":
        raise NotSent("away")
    return 1200


def drawn(drawing: Drawing) -> bytes:
    return drawing.fingerprint.encode()


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return replace(desk, members=members, draw=drawn, username="wazahat_bot")


def tap(say: Chat, button: PostButton = "more", *, seq: int = 1, times: int) -> None:
    """Readers who follow the link of a button."""
    for _ in range(times):
        say(READER, f"/start {Tap(CAMPAIGN, seq, button).link}")


def sent(desk: Desk, *targets: str, late: timedelta = timedelta(), seq: int = 1) -> Post:
    post = approved(desk.new_uow, of=draft(*targets, campaign=CAMPAIGN, seq=seq))
    now = NOON + late
    with desk.new_uow() as uow:
        rows = uow.deliveries.lease("one", now, now + timedelta(minutes=1), 10)
        uow.commit()
    for row in rows:
        with desk.new_uow() as uow:
            uow.deliveries.begin(row.id, "one", now, now + timedelta(minutes=1))
            state = DeliveryState.REFUSED if row.target == "@away" else DeliveryState.SENT
            uow.deliveries.record(row.id, "one", state, message_id=101, reason="gone")
            uow.commit()
    return post


def file_of(reply: Reply) -> tuple[str, bytes]:
    assert reply.document, reply.text
    return reply.document.name, reply.document.raw


@pytest.mark.parametrize("button", BUTTONS)
def test_each_button_of_a_post_does_what_it_says_and_is_counted(
    say: Chat, desk: Desk, button: PostButton
) -> None:
    plain = {
        "sources": "/start s_aps-2014",
        "more": "/start b_aps-2014",
        "quiz": "/quiz",
        "share": "/start b_aps-2014",
        "help": "/support",
        "wrong": "/start w_aps-2014",
    }
    campaign = desk.library.records[CAMPAIGN]
    assert isinstance(campaign, Campaign)
    seq, record = next((n, p.record) for n, p in enumerate(campaign.posts, 1) if p.record)
    expected = say(READER, plain[button].replace("aps-2014", str(record)))
    told = say(READER, f"/start {Tap(CAMPAIGN, seq, button).link}")
    assert told.text == expected.text
    desk.taps.write(desk.new_uow)
    with desk.new_uow() as uow:
        assert uow.results.taps(CAMPAIGN) == {Tap(CAMPAIGN, seq, button): 1}


def test_a_tap_is_answered_from_memory_while_no_database_answers(desk: Desk) -> None:
    def broken(**_: object) -> NoReturn:
        raise OutsideError("no database")

    link = f"/start {Tap(CAMPAIGN, 1).link}"
    assert is_quick(link, typed=True)
    without = replace(desk, new_uow=broken)
    assert Chat(without)(None, link).text
    without.taps.write(desk.new_uow)
    with desk.new_uow() as uow:
        assert uow.results.taps(CAMPAIGN) == {Tap(CAMPAIGN, 1): 1}


@pytest.mark.parametrize("link", [f"c_{CAMPAIGN}_0", f"c_{CAMPAIGN}_999", "c_sehwan-2017_1"])
def test_a_link_to_no_post_is_answered_and_not_counted(say: Chat, desk: Desk, link: str) -> None:
    assert say(READER, f"/start {link}").text
    desk.taps.write(desk.new_uow)
    with desk.new_uow() as uow:
        assert uow.results.campaigns() == {}


def test_a_count_that_cannot_be_written_waits_for_the_next_time(desk: Desk) -> None:
    def broken(**_: object) -> NoReturn:
        raise OutsideError("no database")

    counting = Counting()
    counting.comes(Tap(CAMPAIGN, 1), desk.today())
    with pytest.raises(OutsideError):
        counting.write(broken)
    counting.comes(Tap(CAMPAIGN, 1), desk.today())
    counting.write(desk.new_uow)
    counting.write(desk.new_uow)
    with desk.new_uow() as uow:
        assert uow.results.taps(CAMPAIGN) == {Tap(CAMPAIGN, 1): 2}


def test_without_posts_and_taps_there_is_nothing_to_tell(say: Chat) -> None:
    assert "No post of a campaign" in say(AUTHOR, "/results").text


def test_results_are_for_moderators(say: Chat) -> None:
    for person in (READER, OTHER):
        assert say(person, f"/results {CAMPAIGN}").text == say(person, "/nothing").text.replace(
            "nothing", "results"
        )


@pytest.mark.parametrize(
    ("language", "opened", "hidden"),
    [
        ("en", "Brief opened: at least 12", "Sources opened: fewer than 10"),
        ("ur", "خلاصہ کھلا، بار: کم از کم 12", "ذرائع کھلے، بار: 10 سے کم"),
    ],
)
def test_taps_are_told_with_what_they_are_out_of_and_small_counts_are_hidden(
    say: Chat, desk: Desk, language: Language, opened: str, hidden: str
) -> None:
    sent(desk, "@first", "@two")
    tap(say, times=12)
    tap(say, "sources", times=9)
    told = say(AUTHOR, f"/results {CAMPAIGN}", language).text
    assert opened in told
    assert "6.0" in told
    assert hidden in told
    [listed] = actions(say(AUTHOR, "/results", language))
    assert listed == f"results {CAMPAIGN}"
    assert say.press(AUTHOR, listed, language).text == told


def test_the_goal_is_told_against_its_target(say: Chat, desk: Desk) -> None:
    sent(desk, "@first")
    assert "(brief opens): fewer than 10 of 300" in say(AUTHOR, f"/results {CAMPAIGN}").text
    tap(say, times=25)
    assert "(brief opens): 25 of 300" in say(AUTHOR, f"/results {CAMPAIGN}").text


@pytest.mark.parametrize("campaign", ["chaal-pehchano", "humsaye", "phir-se-abaad"])
def test_a_goal_that_cannot_be_counted_is_said_to_be_so(say: Chat, campaign: str) -> None:
    assert "the bot cannot count that" in say(AUTHOR, f"/results {campaign}").text


def test_deliveries_members_and_harm_are_told(say: Chat, desk: Desk) -> None:
    post = sent(desk, "@first", "@small", "@away", late=timedelta(minutes=4))
    say(READER, "/wrong sehwan-2017 The date is another")
    say(AUTHOR, "/hold rumour")
    told = say(AUTHOR, f"/results {post.id}").text.replace("\u2068", "").replace("\u2069", "")
    for line in (
        "Sent: 2 of 3 messages that fell due (67 %)",
        "Within a minute of their time: 0 of 2; the last was 4 minutes late",
        "Members of @first: 1200 at 2026-11-30 17:00",
        "Members of @small: fewer than 10",
        "Members of @away: not told",
        "Views: not offered to bots",
        "Errors reported in its records since the first post: 1",
        "Times everything was stopped since then: 1",
        "unknown: 0, refused: 1, skipped: 0",
    ):
        assert line in told
    assert "Goal" not in told


def test_no_person_a_post_went_to_is_told(say: Chat, desk: Desk) -> None:
    post = sent(desk, "@first", READER.removeprefix("telegram:"))
    parts = [say(AUTHOR, f"/results {post.id}").text]
    parts += [file_of(say(AUTHOR, f"/results {post.id} {each}"))[1].decode() for each in FORMATS]
    for part in parts:
        assert "@first" in part
        for person in (READER, AUTHOR, "telegram:2002"):
            assert person.removeprefix("telegram:") not in part


FORMATS = ("csv", "json", "text")


def test_views_are_what_a_moderator_typed(say: Chat, desk: Desk) -> None:
    post = sent(desk, "@first")
    assert "1234 views" in say(AUTHOR, f"/results {post.id} views 1234").text
    assert (
        f"Views of /post {post.id}: 1234, typed by hand" in say(AUTHOR, f"/results {post.id}").text
    )
    assert "results.views" in say(AUTHOR, f"/audit post {post.id}").text


@pytest.mark.parametrize("figure", ["", "many", "-3", "1.5", "٣", "9" * 40, "0" * 20 + "9"])
def test_a_figure_that_is_none_changes_nothing(say: Chat, desk: Desk, figure: str) -> None:
    post = sent(desk, "@first")
    assert "in digits" in say(AUTHOR, f"/results {post.id} views {figure}").text
    assert "typed by hand at" not in say(AUTHOR, f"/results {post.id}").text


@pytest.mark.parametrize("which", ["9", "nothing-of-the-kind", "sehwan-2017", "9 csv"])
def test_what_there_is_not_is_said(say: Chat, which: str) -> None:
    assert "There is no post and no campaign" in say(AUTHOR, f"/results {which}").text


def test_a_report_is_a_spreadsheet(say: Chat, desk: Desk) -> None:
    sent(desk, "@first")
    tap(say, times=12)
    report = say(AUTHOR, f"/results {CAMPAIGN}")
    assert f"results {CAMPAIGN} csv" in actions(report)
    name, raw = file_of(say(AUTHOR, f"/results {CAMPAIGN} csv"))
    assert name == f"results-{CAMPAIGN}-20261130.csv"
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    by_measure = {(row["measure"], row["post"]): row for row in rows}
    assert by_measure["taps on more", ""]["figure"] == "12"
    assert by_measure["taps on more", ""]["of"] == "1"
    assert by_measure["taps on help", ""]["figure"] == "fewer than 10"
    assert by_measure["brief opens", ""]["of"] == "300.0"
    assert by_measure["views", "/post 1"]["figure"] == "not offered to bots"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "@", "+"))]


def test_a_report_is_json_with_the_same_figures(say: Chat, desk: Desk) -> None:
    sent(desk, "@first")
    told = json.loads(file_of(say(AUTHOR, f"/results {CAMPAIGN} json"))[1])
    assert told["of"] == CAMPAIGN
    assert told["hidden_below"] == 10
    assert {row["level"] for row in told["figures"]} == {"goal", "awareness", "engagement", "harm"}


def test_a_report_is_a_page_of_text_in_the_language_of_who_asks(say: Chat, desk: Desk) -> None:
    sent(desk, "@first")
    text = file_of(say(AUTHOR, f"/results {CAMPAIGN} text", "ur"))[1].decode()
    assert "آگاہی: کیا پیغام پہنچا؟" in text
    assert "آگے ہم کیا بدلیں گے" in text


def test_a_campaign_is_packed_for_other_apps(say: Chat, desk: Desk) -> None:
    name, raw = file_of(say(AUTHOR, f"/pack {CAMPAIGN}"))
    assert name == f"{CAMPAIGN}.zip"
    assert raw == file_of(say(AUTHOR, f"/pack {CAMPAIGN}"))[1]
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        files = {each: packed.read(each).decode() for each in packed.namelist()}
    campaign = desk.library.records[CAMPAIGN]
    assert isinstance(campaign, Campaign)
    for language in ("en", "ur"):
        texts = [each for each in files if each.startswith(f"{language}/")]
        assert len(texts) == 3 * len(campaign.posts)
        assert any(each.endswith(f"-{language}.png") for each in files)
    for each, text in files.items():
        if each.endswith("-sms.txt"):
            assert utf16_length(text.strip()) <= (160 if text.isascii() else 134), each
            assert f"?start=c_{CAMPAIGN}_" in text
        if each.endswith(("-full.txt", "-print.txt")):
            assert "[@" not in text
    assert "https://" in files["en/01-print.txt"]
    assert "MIT" in files["README.txt"]


def test_a_picture_that_cannot_be_drawn_is_named_in_the_pack(desk: Desk) -> None:
    def broken(_: Drawing) -> bytes:
        raise OutsideError("too many pictures wait")

    raw = file_of(Chat(replace(desk, draw=broken))(AUTHOR, f"/pack {CAMPAIGN}"))[1]
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        assert not [each for each in packed.namelist() if each.endswith(".png")]
        assert "could not be drawn" in packed.read("README.txt").decode()


def test_there_is_no_pack_of_what_is_no_campaign(say: Chat) -> None:
    for slug in ("sehwan-2017", "nothing", ""):
        assert "There is no post and no campaign" in say(AUTHOR, f"/pack {slug}").text
