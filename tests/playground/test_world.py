import pytest

from bot.adapters.playground.chats import ANONYMOUS_ADMIN
from bot.adapters.playground.menu import menu_for
from bot.adapters.playground.world import World


def world() -> World:
    return World(bot_id=7, clock=lambda: 1_800_000_000.0)


def test_first_words_start_the_chat() -> None:
    here = world()
    reader = here.add_user(1001, "Reader", language="ur")
    assert not reader.private_chat.started
    reader.says("/start c_water_3")
    [update] = here.updates
    assert reader.private_chat.started
    assert update["message"] == {
        "message_id": 1,
        "from": {"id": 1001, "is_bot": False, "first_name": "Reader", "language_code": "ur"},
        "chat": {"id": 1001, "type": "private", "first_name": "Reader"},
        "date": 1_800_000_000,
        "text": "/start c_water_3",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }


def test_blocking_tells_the_bot_and_silences_the_person() -> None:
    here = world()
    reader = here.add_user(1001, "Reader", started=True)
    reader.blocks_bot()
    change = here.updates[-1]["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
        "member",
        "kicked",
    )
    with pytest.raises(ValueError, match="unblocks_bot"):
        reader.says("hello")
    reader.unblocks_bot()
    assert reader.says("hello").id == 1


def test_privacy_mode_keeps_small_talk_from_the_bot() -> None:
    here = world()
    reader, group = here.add_user(1001, "Reader"), here.add_group(-5)
    answer = here.bot_says(group, {"text": "Here to help"})
    reader.says("just talking", chat=group)
    reader.says("/help@other_bot", chat=group)
    assert not here.updates
    for text in ("/help", "/help@wazahat_demo_bot", "@Wazahat_demo_bot what is known?"):
        reader.says(text, chat=group)
    reader.says("thanks", chat=group, reply_to=answer)
    assert len(here.updates) == 4
    group.set_bot("administrator")
    reader.says("just talking", chat=group)
    assert len(here.updates) == 5


def test_hidden_speakers_come_as_telegram_sends_them() -> None:
    here = world()
    group, channel = here.add_group(-5, title="Group"), here.add_channel(-6, title="Voice")
    group.says_anonymously("/hold now")
    group.says_as_channel(channel, "/hold now")
    anonymous, voice = (update["message"] for update in here.updates)
    assert anonymous["from"] == ANONYMOUS_ADMIN
    assert anonymous["sender_chat"] == group.json()
    assert voice["from"]["username"] == "Channel_Bot"
    assert voice["sender_chat"] == channel.json()


def test_posts_of_others_reach_the_bot_as_channel_posts() -> None:
    here = world()
    channel = here.add_channel(-6, title="Voice")
    channel.posts("A post")
    assert here.updates[0]["channel_post"]["sender_chat"]["id"] == -6
    channel.set_bot("left")
    channel.posts("Another")
    assert len(here.updates) == 1


def test_a_new_place_in_a_channel_is_told() -> None:
    here = world()
    moderator, channel = here.add_user(1002, "Moderator"), here.add_channel(-6, bot="left")
    channel.set_bot("administrator", {"can_post_messages"}, by=moderator)
    change = here.updates[0]["my_chat_member"]
    assert change["new_chat_member"]["can_post_messages"] is True
    assert change["new_chat_member"]["can_edit_messages"] is False
    assert change["from"]["id"] == 1002


def test_histories_are_bounded() -> None:
    here = World(bot_id=7, history=3)
    reader = here.add_user(1001, "Reader")
    for number in range(5):
        reader.says(f"word {number}")
    assert [message.id for message in reader.private_chat.messages] == [3, 4, 5]


def test_an_edit_leaves_the_old_message_with_its_holder() -> None:
    here = world()
    reader = here.add_user(1001, "Reader")
    first = reader.says("befour")
    second = reader.edits(first, "before")
    assert (first.text, second.text, second.id) == ("befour", "before", first.id)
    assert here.updates[-1]["edited_message"]["edit_date"] == 1_800_000_000


def test_a_missing_button_is_told_with_those_there_are() -> None:
    here = world()
    reader = here.add_user(1001, "Reader", started=True)
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    message = here.bot_says(reader.private_chat, {"text": "?", "reply_markup": keyboard})
    assert reader.presses(message, "y").data == "y"
    with pytest.raises(LookupError, match=r"no button 'No'; it has \['Yes'\]"):
        reader.presses(message, "No")


def test_the_narrowest_menu_wins() -> None:
    here = world()
    reader = here.add_user(1001, "Reader", language="ur")
    here.commands["default", ""] = [{"command": "a", "description": "any"}]
    here.commands["all_private_chats", "ur"] = [{"command": "b", "description": "urdu"}]
    assert menu_for(here, reader.private_chat, reader)[0]["command"] == "b"
    here.commands["chat 1001", ""] = [{"command": "c", "description": "own"}]
    assert menu_for(here, reader.private_chat, reader)[0]["command"] == "c"
    group = here.add_group(-5)
    assert menu_for(here, group, reader)[0]["command"] == "a"
