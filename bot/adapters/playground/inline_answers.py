"""`answerInlineQuery`: each result checked as strictly as the message it would become."""

import re
from typing import Any

from bot.adapters.playground.checks import Json, Params, Refusal, bad
from bot.adapters.playground.inline import Result, Results
from bot.adapters.playground.keyboards import inline_keyboard
from bot.adapters.playground.media import KINDS, known_file
from bot.adapters.playground.texts import caption_fields, text_fields
from bot.adapters.playground.world import World

MOST_RESULTS = 50
LONGEST_ID = 64
LONGEST_OFFSET = 64
LONGEST_PARAMETER = 64
"""Bytes, as of the ids and offsets."""


def answer_inline_query(world: World, params: Params) -> bool:
    given = params.structure("results", "can't parse inline query results JSON object")
    if not isinstance(given, list):
        raise bad("expected an Array of InlineQueryResult")
    results = tuple(_result(world, each) for each in given)
    button = _button(params)
    if len(results) > MOST_RESULTS:
        raise bad("too many inline query results specified")
    offset = params.text("next_offset")
    if len(offset.encode()) > LONGEST_OFFSET:
        raise bad("NEXT_OFFSET_INVALID")
    if params.integer("cache_time", 300) < 0:
        raise bad(f"cache_time must not be negative: {params.integer('cache_time')}")
    _check_ids([result.id for result in results])
    query = world.inline.open_query(params.text("inline_query_id"))
    if query is None:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    world.inline.answer(query, Results(results, offset, button))
    return True


def _check_ids(ids: list[str]) -> None:
    for each in ids:
        if not each:
            raise bad("RESULT_ID_EMPTY")
        if len(each.encode()) > LONGEST_ID:
            raise bad("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad("RESULT_ID_DUPLICATE")


def _result(world: World, given: Any) -> Result:
    if not isinstance(given, dict):
        raise bad("can't parse InlineQueryResult: expected an Object")
    for name in ("type", "id"):
        if not isinstance(given.get(name), str):
            raise bad(f"can't parse InlineQueryResult: Can't find field \"{name}\"")
    try:
        return Result(given, _message(world, Params(given)))
    except Refusal as refusal:
        if "can't parse entities" not in refusal.description:
            raise
        why = refusal.description.removeprefix("Bad Request: ")
        raise bad(f"can't parse InlineQueryResult: {why[0].upper()}{why[1:]}") from None


def _message(world: World, result: Params) -> Json:
    """The fields of the message that is sent when this result is chosen."""
    fields = _content(world, result)
    if keyboard := inline_keyboard(result):
        fields["reply_markup"] = keyboard
    return fields


def _content(world: World, result: Params) -> Json:
    kind = result["type"]
    file_id = result.text(f"{kind}_file_id")
    if kind == "article":
        if not result.text("title").strip():
            raise bad("ARTICLE_TITLE_EMPTY")
        return _text(result)
    if kind not in KINDS or not file_id:
        why = "this stand-in of the Bot API takes articles, and photos and documents by file_id"
        raise bad(f'type "{kind}" is unsupported for the inline query result: {why}')
    if kind == "document" and not result.text("title").strip():
        raise bad("FILE_TITLE_EMPTY")
    fields = known_file(world, file_id, kind).fields()
    fields |= caption_fields(result, "MEDIA_CAPTION_TOO_LONG")
    return _text(result) if "input_message_content" in result else fields


def _text(result: Params) -> Json:
    content = result.get("input_message_content")
    if not isinstance(content, dict):
        raise bad("can't parse InlineQueryResult: input message content is not specified")
    if "message_text" not in content:
        raise bad("this stand-in of the Bot API takes text as input_message_content only")
    nested = Params(content)
    fields = text_fields(nested, "MESSAGE_TOO_LONG", "message_text")
    preview = nested.structure(
        "link_preview_options", "can't parse link preview options JSON object"
    )
    return fields | {"link_preview_options": preview} if preview else fields


def _button(params: Params) -> Json | None:
    button = params.structure("button", "can't parse button JSON object")
    if button is None:
        return None
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise bad("can't parse InlineQueryResultsButton: it needs a text")
    if "web_app" in button:
        raise bad("this stand-in of the Bot API opens no Web Apps")
    parameter = button.get("start_parameter")
    if not isinstance(parameter, str) or not parameter:
        raise bad("can't use empty start_parameter")
    if len(parameter) > LONGEST_PARAMETER:
        raise bad("too long start_parameter specified")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", parameter):
        raise bad("unallowed characters in start_parameter are used")
    return button
