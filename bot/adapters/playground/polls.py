"""`sendPoll` and `stopPoll`: regular polls and quizzes, as strict as Telegram."""

from typing import Any

from bot.adapters.playground.ballots import Ballot, ballot_of, close
from bot.adapters.playground.checks import Json, Params, bad
from bot.adapters.playground.keyboards import inline_keyboard
from bot.adapters.playground.messages import Message
from bot.adapters.playground.rights import chat_of, check_presence
from bot.adapters.playground.sending import sent
from bot.adapters.playground.texts import formatted
from bot.adapters.playground.world import World

LONGEST_QUESTION = 300
LONGEST_OPTION = 100
LONGEST_EXPLANATION = 200
"""Characters, as Telegram counts in polls: an emoji is one."""
MOST_BREAKS = 2
FEWEST_OPTIONS, MOST_OPTIONS = 2, 12
"""Bot API 10.1 lets one option pass; here it is a mistake, as it was before."""
SHORTEST, LONGEST = 5, 2_628_000
"""Seconds that a poll may be open."""


def send_poll(world: World, params: Params) -> Message:
    ballot = Ballot(_fields(world, params), _options(params))
    quiz = ballot.fields["type"] == "quiz"
    if quiz:
        ballot.fields |= _solution(params, ballot)
    ballot.closed = params.flag("is_closed")
    if chat_of(world, params).is_channel and not ballot.fields["is_anonymous"]:
        raise bad("non-anonymous polls can't be sent to channel chats")
    ballot.fields = {"id": str(next(world.poll_ids)), **ballot.fields}
    return sent(world, params, {"poll": ballot.json()}, "polls", ballot)


def stop_poll(world: World, params: Params) -> Json:
    """Close a poll of the bot; its message loses its keyboard unless a new one is given."""
    chat = chat_of(world, params)
    if not chat.is_private:
        check_presence(chat)
    message = chat.history.get(params.integer("message_id"))
    if message is None:
        raise bad("message with poll to stop not found")
    if "poll" not in message:
        raise bad("message is not a poll")
    own = chat.is_channel or message.get("from", {}).get("id") == world.bot.id
    if not own:
        raise bad("poll can't be stopped")
    keyboard = inline_keyboard(params)
    ballot = ballot_of(world, message)
    if ballot.closed:
        raise bad("poll has already been closed")
    chat.history[message.id] = chat.history[message.id].changed(reply_markup=keyboard)
    return close(world, message, ballot)


def _fields(world: World, params: Params) -> Json:
    question = _line(params.text("question"), LONGEST_QUESTION, "question")
    kind = params.text("type") or "regular"
    if kind not in ("quiz", "regular"):
        raise bad("unsupported poll type specified")
    return {
        "question": question,
        "is_anonymous": params.flag("is_anonymous", default=True),
        "type": kind,
        "allows_multiple_answers": params.flag("allows_multiple_answers"),
        "allows_revoting": params.flag("allows_revoting", default=kind != "quiz"),
        "members_only": False,
        **_closing(world, params),
    }


def _closing(world: World, params: Params) -> Json:
    """When it closes by itself; of both ways to say it, `open_period` counts."""
    if period := params.integer("open_period"):
        _check_span(period, "open_period")
        return {"open_period": period, "close_date": world.now() + period}
    if date := params.integer("close_date"):
        _check_span(date - world.now(), "close_date")
        return {"close_date": date}
    return {}


def _check_span(seconds: int, name: str) -> None:
    if not SHORTEST <= seconds <= LONGEST:
        raise bad(f"{name} must lie {SHORTEST} to {LONGEST} seconds ahead, not {seconds}")


def _options(params: Params) -> list[str]:
    given = params.structure("options", "can't parse options JSON object")
    if given is None:
        given = []
    if not isinstance(given, list):
        raise bad("expected an Array of InputPollOption")
    if len(given) < FEWEST_OPTIONS:
        raise bad(f"poll must have at least {FEWEST_OPTIONS} option")
    if len(given) > MOST_OPTIONS:
        raise bad(f"poll can't have more than {MOST_OPTIONS} options")
    return [_line(_option_text(option), LONGEST_OPTION, "options") for option in given]


def _option_text(option: Any) -> str:
    """An option may be a bare string, as in older versions of the Bot API."""
    text = option.get("text") if isinstance(option, dict) else option
    if not isinstance(option, dict | str):
        raise bad("can't parse InputPollOption: Expected InputPollOption to be an Object")
    if not isinstance(text, str):
        raise bad("can't parse InputPollOption: Can't find field \"text\"")
    return text


def _line(text: str, longest: int, what: str) -> str:
    text = text.strip()
    if not text:
        raise bad("text must be non-empty")
    if len(text) > longest:
        raise bad(f"poll {what} length must not exceed {longest}")
    return text


def _solution(params: Params, ballot: Ballot) -> Json:
    correct = params.structure("correct_option_ids", "can't parse correct_option_ids JSON object")
    if correct is None:
        # The name before Bot API 9.6, which Telegram still reads.
        correct = [params.integer("correct_option_id", -1)]
    if not isinstance(correct, list) or not all(type(place) is int for place in correct):
        raise bad("expected an Array of Integer as correct_option_ids")
    known = all(place in ballot.places for place in correct)
    if not correct or not known or correct != sorted(set(correct)):
        raise bad("wrong correct option ID specified")
    if len(correct) > 1 and not ballot.fields["allows_multiple_answers"]:
        raise bad("QUIZ_CORRECT_ANSWERS_TOO_MUCH")
    return {"correct_option_ids": correct, **_explanation(params)}


def _explanation(params: Params) -> Json:
    text, entities = formatted(
        params, "explanation", "explanation_entities", "explanation_parse_mode"
    )
    if len(text) > LONGEST_EXPLANATION:
        raise bad(f"poll explanation length must not exceed {LONGEST_EXPLANATION}")
    if text.count("\n") > MOST_BREAKS:
        raise bad(f"poll explanation can't have more than {MOST_BREAKS} line feeds")
    if not text:
        return {}
    shown: Json = {"explanation": text}
    return shown | {"explanation_entities": entities} if entities else shown
