"""The bot's command menu, kept for each scope and language as Telegram keeps it."""

import re
from collections.abc import Iterator
from typing import Any

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.checks import Json, Params, bad
from bot.adapters.playground.people import User
from bot.adapters.playground.world import World

NAME = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
LONGEST_NAME = 32
LONGEST_DESCRIPTION = 256
WIDE_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")


def set_my_commands(world: World, params: Params) -> bool:
    """Replace the commands of a scope and language; an empty list takes them away."""
    key = _key(world, params)
    given = params.structure("commands", "can't parse commands JSON object")
    if not isinstance(given, list):
        raise bad("expected an Array of BotCommand")
    commands = [_command(item) for item in given]
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    if commands:
        world.commands[key] = commands
    else:
        world.commands.pop(key, None)
    world.publish("commands", None, None)
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.commands.get(_key(world, params), [])


def delete_my_commands(world: World, params: Params) -> bool:
    world.commands.pop(_key(world, params), None)
    world.publish("commands", None, None)
    return True


def menu_for(world: World, chat: Chat, user: User) -> list[Json]:
    """What this person sees on typing `/` here: the narrowest scope that has commands wins."""
    for scope in _scopes(chat, user):
        for language in (user.language, ""):
            if commands := world.commands.get((scope, language)):
                return commands
    return []


def _scopes(chat: Chat, user: User) -> Iterator[str]:
    admin = chat.member(user.id).is_admin
    if not chat.is_private:
        yield f"chat_member {chat.id} {user.id}"
        if admin:
            yield f"chat_administrators {chat.id}"
    yield f"chat {chat.id}"
    if admin:
        yield "all_chat_administrators"
    yield "all_private_chats" if chat.is_private else "all_group_chats"
    yield "default"


def _key(world: World, params: Params) -> tuple[str, str]:
    language = params.text("language_code")
    if not re.fullmatch(r"([a-z]{2})?", language):
        raise bad("invalid language code specified")
    scope = params.structure("scope", "can't parse BotCommandScope JSON object")
    return _scope_key(world, {"type": "default"} if scope is None else scope), language


def _scope_key(world: World, scope: Any) -> str:
    if not isinstance(scope, dict):
        raise bad("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = scope.get("type")
    if kind in WIDE_SCOPES:
        return str(kind)
    if kind not in CHAT_SCOPES:
        raise bad("can't parse BotCommandScope: unsupported type specified")
    chat = world.find_chat(str(scope.get("chat_id", "")))
    if chat is None or not chat.started:
        raise bad("chat not found")
    if kind != "chat" and chat.is_private:
        raise bad("can't use specified scope in private chats")
    if chat.is_channel:
        raise bad("can't change commands in channel chats")
    return f"{kind} {chat.id}" + (f" {scope.get('user_id')}" if kind == "chat_member" else "")


def _command(item: Any) -> Json:
    if not isinstance(item, dict):
        raise bad("can't parse BotCommand: expected an Object")
    name, description = item.get("command"), item.get("description")
    if not isinstance(name, str) or not isinstance(description, str):
        raise bad("can't parse BotCommand: command and description must be of type String")
    name, description = name.strip().removeprefix("/"), description.strip()
    if not name:
        raise bad("command must be non-empty")
    if len(name) > LONGEST_NAME:
        raise bad(f"command length must not exceed {LONGEST_NAME}")
    if not NAME.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not description:
        raise bad("command description must be non-empty")
    if len(description) > LONGEST_DESCRIPTION:
        raise bad(f"command description length must not exceed {LONGEST_DESCRIPTION}")
    return {"command": name, "description": description}
