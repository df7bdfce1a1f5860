"""`answerCallbackQuery`: what the bot says to a pressed button."""

from bot.adapters.playground.checks import Params, bad
from bot.adapters.playground.people import Answer
from bot.adapters.playground.world import World

LONGEST_ANSWER = 200


def answer_callback_query(world: World, params: Params) -> bool:
    text = params.text("text")
    if len(text) > LONGEST_ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    press = world.open_press(params.text("callback_query_id"))
    if press is None:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    world.answer(press, Answer(text, params.flag("show_alert"), params.text("url")))
    return True
