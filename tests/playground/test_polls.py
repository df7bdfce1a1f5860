"""Polls and quizzes: sent over HTTP, answered by people, closed."""

from typing import Any

import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin

HERE = {"chat_id": 1001}
QUIZ = {
    **HERE,
    "question": "Who claimed it?",
    "type": "quiz",
    "options": [{"text": "Nobody"}, {"text": "A group"}, {"text": "کسی نے نہیں"}],
    "correct_option_ids": [1],
}


@pytest.fixture(autouse=True)
def started(reader: User) -> None:
    reader.says("/start")


async def test_a_quiz_comes_back_as_telegram_shows_it(result: Any) -> None:
    sent = await result("sendPoll", **QUIZ, explanation="<b>Why</b>", explanation_parse_mode="HTML")
    poll = sent["poll"]
    assert poll.pop("id")
    assert poll == {
        "question": "Who claimed it?",
        "is_anonymous": True,
        "type": "quiz",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
        "correct_option_ids": [1],
        "explanation": "Why",
        "explanation_entities": [{"type": "bold", "offset": 0, "length": 3}],
        "options": [
            {"persistent_id": "0", "text": "Nobody", "voter_count": 0},
            {"persistent_id": "1", "text": "A group", "voter_count": 0},
            {"persistent_id": "2", "text": "کسی نے نہیں", "voter_count": 0},
        ],
        "total_voter_count": 0,
        "is_closed": False,
    }


async def test_older_ways_are_still_read(result: Any) -> None:
    older = {name: value for name, value in QUIZ.items() if name != "correct_option_ids"}
    older |= {"options": ["a", "b"], "is_anonymous": None, "correct_option_id": "0"}
    sent = await result("sendPoll", **older)
    assert sent["poll"]["is_anonymous"] is True
    assert sent["poll"]["correct_option_ids"] == [0]


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"question": " "}, "text must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": None}, "poll must have at least 2 option"),
        ({"options": [{"text": "one"}]}, "poll must have at least 2 option"),
        (
            {"options": [{"text": str(n)} for n in range(13)]},
            "poll can't have more than 12 options",
        ),
        ({"options": [{"text": "x" * 101}, {"text": "b"}]}, "poll options length must not exceed"),
        ({"options": [{"text": "\n"}, {"text": "b"}]}, "text must be non-empty"),
        ({"options": [1, 2]}, "can't parse InputPollOption: Expected InputPollOption to be"),
        ({"options": [{}, {}]}, "can't parse InputPollOption: Can't find field \"text\""),
        ({"options": "["}, "can't parse options JSON object"),
        ({"type": "survey"}, "unsupported poll type specified"),
        ({"correct_option_ids": None}, "wrong correct option ID specified"),
        ({"correct_option_ids": []}, "wrong correct option ID specified"),
        ({"correct_option_ids": [3]}, "wrong correct option ID specified"),
        ({"correct_option_ids": [1, 0]}, "wrong correct option ID specified"),
        ({"correct_option_ids": [0, 1]}, "QUIZ_CORRECT_ANSWERS_TOO_MUCH"),
        ({"explanation": "x" * 201}, "poll explanation length must not exceed 200"),
        ({"explanation": "a\nb\nc\nd"}, "poll explanation can't have more than 2 line feeds"),
        ({"explanation": "<b>", "explanation_parse_mode": "HTML"}, "can't parse entities"),
        ({"open_period": 4}, "open_period must lie 5 to 2628000 seconds ahead"),
        ({"close_date": 1_800_000_004}, "close_date must lie 5 to 2628000 seconds ahead"),
        ({"chat_id": 404}, "chat not found"),
    ],
)
async def test_polls_are_checked(params: dict[str, Any], why: str, refused: Any) -> None:
    assert why in await refused("sendPoll", **{**QUIZ, **params})


async def test_the_longest_poll_passes(result: Any) -> None:
    sent = await result(
        "sendPoll",
        **HERE,
        question="🕊" * 300,
        options=[{"text": "🕊" * 99 + str(n % 10)} for n in range(12)],
    )
    assert len(sent["poll"]["options"]) == 12
    assert sent["poll"]["allows_revoting"] is True


async def test_channels_take_anonymous_polls_only(channel: Chat, refused: Any, result: Any) -> None:
    there = {**QUIZ, "chat_id": channel.id}
    why = await refused("sendPoll", **there, is_anonymous=False)
    assert why == "Bad Request: non-anonymous polls can't be sent to channel chats"
    assert (await result("sendPoll", **there))["sender_chat"]["id"] == channel.id


async def test_an_anonymous_vote_tells_the_totals_and_no_name(
    standin: Standin, reader: User, result: Any
) -> None:
    await result("sendPoll", **QUIZ)
    message = await standin.wait_for(reader)
    updates = standin.world.updates
    updates.clear()
    reader.votes(message, "A group")
    [update] = updates
    assert update["poll"]["total_voter_count"] == 1
    assert [option["voter_count"] for option in update["poll"]["options"]] == [0, 1, 0]
    assert str(reader.id) not in str(update)
    assert reader.private_chat.last["poll"] == update["poll"]
    assert not reader.private_chat.last.retexted
    with pytest.raises(ValueError, match="voted already"):
        reader.votes(message, 0)
    with pytest.raises(LookupError, match="no option 'Everybody'"):
        reader.votes(message, "Everybody")


async def test_updates_of_polls_come_as_asked(standin: Standin, reader: User, result: Any) -> None:
    await result("sendPoll", **QUIZ)
    await result("getUpdates", offset=-1, allowed_updates=["message"])
    standin.world.updates.clear()
    reader.votes(await standin.wait_for(reader), 0)
    assert await result("getUpdates") == []


async def test_a_public_vote_is_told_with_its_voter_and_can_be_taken_back(
    standin: Standin, reader: User, result: Any
) -> None:
    options = [{"text": "a"}, {"text": "b"}, {"text": "c"}]
    await result(
        "sendPoll",
        **HERE,
        question="?",
        options=options,
        is_anonymous=False,
        allows_multiple_answers=True,
    )
    message = await standin.wait_for(reader)
    reader.votes(message, "c", "a")
    answer = standin.world.updates[-1]["poll_answer"]
    assert (answer["option_ids"], answer["option_persistent_ids"]) == ((0, 2), ["0", "2"])
    assert answer["user"]["id"] == reader.id
    reader.votes(message)
    assert standin.world.updates[-1]["poll_answer"]["option_ids"] == ()
    assert reader.private_chat.last["poll"]["total_voter_count"] == 0


async def test_a_poll_is_stopped_once(
    standin: Standin, reader: User, result: Any, refused: Any
) -> None:
    sent = await result("sendPoll", **QUIZ)
    where = {**HERE, "message_id": sent["message_id"]}
    reader.votes(await standin.wait_for(reader), 1)
    stopped = await result("stopPoll", **where)
    assert (stopped["is_closed"], stopped["total_voter_count"]) == (True, 1)
    assert standin.world.updates[-1]["poll"]["is_closed"] is True
    assert await refused("stopPoll", **where) == "Bad Request: poll has already been closed"
    with pytest.raises(ValueError, match="closed"):
        reader.votes(reader.private_chat.last, 0)
    why = await refused("stopPoll", **HERE, message_id=99)
    assert why == "Bad Request: message with poll to stop not found"
    why = await refused("stopPoll", **HERE, message_id=1)
    assert why == "Bad Request: message is not a poll"
    why = await refused("editMessageText", **where, text="x")
    assert why == "Bad Request: there is no text in the message to edit"


async def test_a_poll_closes_when_its_time_is_over(
    standin: Standin, reader: User, result: Any, clock: Any, refused: Any
) -> None:
    sent = await result("sendPoll", **QUIZ, open_period=60)
    assert (sent["poll"]["open_period"], sent["poll"]["close_date"]) == (60, sent["date"] + 60)
    clock.now += 61
    with pytest.raises(ValueError, match="closed"):
        reader.votes(await standin.wait_for(reader), 0)
    why = await refused("stopPoll", **HERE, message_id=sent["message_id"])
    assert why == "Bad Request: poll has already been closed"
