"""/feed, and the calendar behind its address."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.commands import agenda
from bot.commands.agenda import agenda_behind
from bot.commands.desk import Desk
from bot.core.agenda import Agenda, Entry
from bot.core.feeds import hash_of
from bot.core.posts import DeliveryState
from bot.core.replies import Reply, plain
from tests.db.drafts import added, approved, draft, leased, repeating
from tests.db.dump import dump
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.people import AUTHOR, READER, Chat, actions

ROOT = "https://bot.example.org"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return replace(desk, web_root=ROOT)


def secret_in(reply: Reply) -> str:
    [address] = [each.text for each in reply.blocks if each.text.startswith(f"{ROOT}/calendar/")]
    return address.removeprefix(f"{ROOT}/calendar/").removesuffix(".ics")


def calendar(say: Chat, desk: Desk) -> Agenda:
    found = agenda_behind(secret_in(say(AUTHOR, "/feed new")), desk)
    assert found is not None
    return found


def posts_in(found: Agenda) -> list[Entry]:
    return [each for each in found.entries if each.id.startswith("post-")]


def test_the_address_is_shown_once_and_only_its_hash_is_kept(say: Chat, desk: Desk) -> None:
    made = say(AUTHOR, "/feed")
    secret = secret_in(made)
    assert len(secret) == 43
    assert secret not in dump(desk.new_uow)
    assert hash_of(secret) in dump(desk.new_uow)
    there = say(AUTHOR, "/feed")
    assert desk.say("en", "feed.there", when="2026-11-30 17:00") == there.text
    assert actions(made) == actions(there) == ["feed new", "feed off"]
    assert agenda_behind(secret, desk)


def test_a_new_address_ends_the_old_one(say: Chat, desk: Desk) -> None:
    old = secret_in(say(AUTHOR, "/feed"))
    new = secret_in(say.press(AUTHOR, "feed new"))
    assert old != new
    assert agenda_behind(old, desk) is None
    assert agenda_behind(new, desk)


def test_it_can_be_switched_off(say: Chat, desk: Desk) -> None:
    secret = secret_in(say(AUTHOR, "/feed"))
    assert say.press(AUTHOR, "feed off").text == desk.say("en", "feed.ended")
    assert agenda_behind(secret, desk) is None
    assert say(AUTHOR, "/feed off").text == desk.say("en", "feed.nothing")
    assert say(AUTHOR, "/feed please").text == desk.say("en", "feed.usage")


def test_a_role_is_looked_up_each_time_and_its_end_deletes_the_address(
    say: Chat, desk: Desk
) -> None:
    say(AUTHOR, f"/grant {READER.removeprefix('telegram:')} moderator")
    secret = secret_in(say(READER, "/feed"))
    assert agenda_behind(secret, desk)
    say(AUTHOR, f"/revoke {READER.removeprefix('telegram:')}")
    assert agenda_behind(secret, desk) is None
    assert hash_of(secret) not in dump(desk.new_uow)


def test_an_owner_whom_the_settings_name_no_more_sees_nothing(say: Chat, desk: Desk) -> None:
    secret = secret_in(say(AUTHOR, "/feed"))
    assert agenda_behind(secret, replace(desk, owners=())) is None


def test_who_is_forgotten_has_no_address(say: Chat, desk: Desk) -> None:
    secret = secret_in(say(AUTHOR, "/feed"))
    assert desk.say("en", "feed.forgotten") in say(AUTHOR, "/forgetme").text
    assert agenda_behind(secret, desk) is None
    assert desk.say("en", "feed.forgotten") not in say(AUTHOR, "/forgetme").text


def test_readers_know_of_no_such_command(say: Chat, desk: Desk) -> None:
    unknown = desk.say("en", "unknown-command", name="feed")
    assert say(READER, "/feed").text == unknown
    assert say.press(READER, "feed new").text == unknown
    assert desk.say("en", "in-private", name="feed") in say.in_group(AUTHOR, "/feed").text


def test_without_an_http_side_it_says_what_the_operator_has_to_do(desk: Desk) -> None:
    say = Chat(replace(desk, web_root=""))
    for line in ("/feed", "/feed new"):
        assert "WAZAHAT_LISTEN" in say(AUTHOR, line).text
    assert say(AUTHOR, "/feed off").text == desk.say("en", "feed.nothing")


def test_an_address_that_is_not_public_says_so(say: Chat, desk: Desk) -> None:
    warned = desk.say("en", "feed.local")
    assert warned not in say(AUTHOR, "/feed").text
    local = Chat(replace(desk, web_root="http://127.0.0.1:8080"))
    assert warned in local(AUTHOR, "/feed new").text


def test_a_post_is_told_by_its_type_first_words_and_channel(say: Chat, desk: Desk) -> None:
    one = approved(desk.new_uow, of=draft("@one", "@two", type="service"))
    two = added(desk.new_uow, "@one", due_at=NOON + timedelta(hours=1))
    first, second = posts_in(calendar(say, desk))
    assert first.summary == "Service and help: \u2068Hello there\u2069 (\u2068@one\u2069 +1)"
    assert first.description.startswith(f"/post {one.id}\napproved")
    assert "@two" in first.description
    assert (first.starts, first.tentative) == (NOON, False)
    assert second.description.startswith(f"/post {two.id}\nin review")
    assert second.tentative


def test_an_approval_changes_the_version_and_not_the_id(say: Chat, desk: Desk) -> None:
    due_at = NOON + timedelta(hours=1)
    clean = draft("@one", due_at=due_at, buttons=("more",))
    clean = clean.model_copy(update={"blocks": plain("Hello there").blocks})
    post = added(desk.new_uow, of=clean)
    [before] = posts_in(calendar(say, desk))
    say("telegram:2002", f"/approve {post.id}")
    [after] = posts_in(calendar(say, desk))
    assert after.id == before.id
    assert after.changed_at
    assert before.changed_at
    assert after.changed_at > before.changed_at


def test_what_was_sent_stays_for_thirty_days(say: Chat, desk: Desk, clock: FakeClock) -> None:
    approved(desk.new_uow, of=repeating("@one", now=NOON - timedelta(hours=1)))
    [due] = leased(desk.new_uow)
    with desk.new_uow() as uow:
        uow.deliveries.record(due.id, "one", DeliveryState.SENT, message_id=1)
        uow.commit()
    first, *_ = posts_in(calendar(say, desk))
    assert first.starts == NOON
    assert "\nsent\n" in first.description
    clock.forward(days=29)
    assert first.id in {each.id for each in posts_in(calendar(say, desk))}
    clock.forward(days=2)
    assert first.id not in {each.id for each in posts_in(calendar(say, desk))}


def test_the_days_of_a_year_are_there(say: Chat, desk: Desk) -> None:
    days = {each.id: each for each in calendar(say, desk).entries if each.id[:4] == "day-"}
    day = days["day-pakistan-day-2027"]
    assert (day.summary, day.starts, day.tentative) == ("Pakistan Day", date(2027, 3, 23), False)
    hijri = [each for each in days.values() if each.tentative]
    assert hijri
    assert all(not isinstance(each.starts, datetime) for each in days.values())


def test_it_is_in_the_language_that_the_person_chose(say: Chat, desk: Desk) -> None:
    approved(desk.new_uow, of=draft("@one", type="memorial"))
    say(AUTHOR, "/language ur")
    found = calendar(say, desk)
    assert found.title == desk.say("ur", "feed.calendar")
    [entry] = posts_in(found)
    assert entry.summary.startswith(desk.say("ur", "type.memorial"))
    assert "یومِ آزادی" in {each.summary for each in found.entries}


def test_one_that_is_too_full_ends_early_and_says_so(
    say: Chat, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hours in range(1, 6):
        approved(desk.new_uow, "@one", due_at=NOON + timedelta(hours=hours))
    assert not [each for each in calendar(say, desk).entries if each.id == "end"]
    for limit in ("MOST", "MOST_AHEAD"):
        with monkeypatch.context() as patch:
            patch.setattr(agenda, limit, 3)
            found = calendar(say, desk)
        assert len(posts_in(found)) == 3
        [end] = [each for each in found.entries if each.id == "end"]
        assert end.starts == date(2026, 11, 30)
        assert "/posts upcoming" in end.description


@pytest.mark.parametrize(("read", "shown", "hours"), [(2, 2, 4), (3, 15, 300)])
def test_it_is_complete_until_the_first_post_that_is_left_out(
    say: Chat, desk: Desk, monkeypatch: pytest.MonkeyPatch, read: int, shown: int, hours: int
) -> None:
    """Two soon, one in 300 hours, and one at 21:00 of every day, which is four hours from now."""
    for each in (1, 2, 300):
        approved(desk.new_uow, "@one", due_at=NOON + timedelta(hours=each))
    approved(desk.new_uow, of=repeating("@one", when="daily 21:00"))
    with monkeypatch.context() as patch:
        patch.setattr(agenda, "MOST_AHEAD", read)
        found = calendar(say, desk)
    assert len(posts_in(found)) == shown
    [end] = [each for each in found.entries if each.id == "end"]
    assert end.starts == (NOON + timedelta(hours=hours)).astimezone(desk.zone).date()


def test_what_was_cancelled_takes_no_room(
    say: Chat, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agenda, "MOST", 5)
    for _ in range(2):
        over = approved(desk.new_uow, of=repeating("@one", when="daily 18:00"))
        say(AUTHOR, f"/cancel {over.id}")
    approved(desk.new_uow, "@one", due_at=NOON + timedelta(days=300))
    found = calendar(say, desk)
    assert [each.starts for each in posts_in(found)] == [NOON + timedelta(days=300)]
    assert "end" not in {each.id for each in found.entries}
