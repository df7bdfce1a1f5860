"""Bot API methods that ask: about the bot itself, chats and their members."""

from bot.adapters.playground.chats import member_json
from bot.adapters.playground.checks import Json, Params, bad
from bot.adapters.playground.rights import chat_of, check_presence, known_chat
from bot.adapters.playground.world import World

PERMISSIONS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
]
GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_me(world: World, _: Params) -> Json:
    return {
        **world.bot.json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy_mode,
        "supports_inline_queries": world.inline.enabled,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def delete_webhook(world: World, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, _: Params) -> Json:
    waiting = len(world.updates)
    return {"url": "", "has_custom_certificate": False, "pending_update_count": waiting}


def get_chat(world: World, params: Params) -> Json:
    chat = known_chat(world, params)
    shown = {
        **chat.json(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    if chat.username:
        shown["active_usernames"] = [chat.username]
    if chat.type in ("group", "supergroup"):
        silenced = chat.bot_member().silenced
        shown["permissions"] = dict.fromkeys(PERMISSIONS, not silenced)
    return shown


def get_chat_member(world: World, params: Params) -> Json:
    chat = known_chat(world, params)
    user = world.users.get(params.integer("user_id"))
    if user is None:
        raise bad(
            "PARTICIPANT_ID_INVALID" if params.integer("user_id") else "invalid user_id specified"
        )
    if chat.is_private:
        return {"status": "member", "user": user.json()}
    if chat.is_channel and not chat.bot_member().is_admin:
        raise bad("member list is inaccessible")
    return member_json(chat.member(user.id), user.json(), chat)


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    chat = known_chat(world, params)
    if chat.is_private:
        raise bad("there are no administrators in the private chat")
    if chat.is_channel and not chat.bot_member().is_admin:
        raise bad("member list is inaccessible")
    admins = [(world.users[id_], m) for id_, m in chat.members.items() if m.is_admin]
    # Other bots are left out, as Telegram does.
    return [
        member_json(m, user.json(), chat)
        for user, m in admins
        if not user.is_bot or user is world.bot
    ]


def get_chat_member_count(world: World, params: Params) -> int:
    chat = chat_of(world, params)
    if chat.is_private:
        return len(known_chat(world, params).members) + 2
    check_presence(chat)
    return sum(member.is_in for member in chat.members.values())
