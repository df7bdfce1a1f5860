"""Roles, over HTTP, against the stand-in of the Bot API: seen at once, in menus too."""

from bot.adapters.playground.menu import menu_for
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.telegram.conftest import RunningBot

GROUP = -1002000000001


def menu(standin: Standin, user: User) -> set[str]:
    """What Telegram shows this person on typing `/`."""
    return {each["command"] for each in menu_for(standin.world, user.private_chat, user)}


async def test_a_granted_role_is_seen_at_once_and_so_is_its_end(
    standin: Standin, author: User, reader: User
) -> None:
    reader.says("/start")
    await standin.wait_for(reader, "Welcome")
    reader.says("/posts")
    await standin.wait_for(reader, "do not know")
    author.says(f"/grant {reader.id} moderator")
    await standin.wait_for(author, "is moderator from now on")
    await standin.wait_for(reader, "made you moderator")
    await standin.until(lambda: "approve" in menu(standin, reader))
    assert "grant" not in menu(standin, reader)
    reader.says("/posts")
    listed = await standin.wait_for(reader)
    assert "do not know" not in listed.text
    author.says(f"/revoke {reader.id}")
    await standin.wait_for(reader, "ended your role")
    await standin.until(lambda: "approve" not in menu(standin, reader))
    assert "search" in menu(standin, reader)
    reader.says("/posts")
    await standin.wait_for(reader, "do not know")


async def test_buttons_of_before_do_nothing_for_who_lost_the_role(
    standin: Standin, author: User, reader: User
) -> None:
    reader.says("/start")
    await standin.wait_for(reader, "Welcome")
    author.says(f"/grant {reader.id} admin")
    await standin.wait_for(reader, "made you admin")
    reader.says("/grant 77")
    offered = await standin.wait_for(reader, "Which role")
    author.says(f"/revoke {reader.id}")
    await standin.wait_for(reader, "ended your role")
    reader.presses(offered, "moderator")
    await standin.wait_for(reader, "do not know")
    author.says("/roles")
    assert "77" not in (await standin.wait_for(author, "work on this bot")).text


async def test_a_reply_in_a_group_grants_and_the_group_reads_nothing(
    standin: Standin, author: User, reader: User
) -> None:
    group = standin.world.add_group(GROUP, title="Group")
    said = reader.says("I should like to help", chat=group)
    author.says("/grant moderator", chat=group, reply_to=said)
    await standin.wait_for(author, f"{reader.id} is moderator from now on")
    await standin.stays_quiet(group)
    reader.says("/start")
    await standin.until(lambda: "approve" in menu(standin, reader))


async def test_nobody_hidden_behind_a_group_grants(
    standin: Standin, author: User, reader: User
) -> None:
    group = standin.world.add_group(GROUP, title="Group")
    said = reader.says("hello", chat=group)
    group.says_anonymously("/grant admin", reply_to=said)
    await standin.stays_quiet(group)
    author.says("/roles")
    assert str(reader.id) not in (await standin.wait_for(author, "work on this bot")).text


async def test_a_role_lasts_over_a_restart(
    standin: Standin, running_bot: RunningBot, reader: User
) -> None:
    author = standin.world.add_user(2001, "Moderator")
    async with running_bot():
        author.says(f"/grant {reader.id} moderator")
        await standin.wait_for(author, "is moderator from now on")
        author.says("/audit")
        await standin.wait_for(author, "role.granted")
    async with running_bot():
        reader.says("/posts")
        assert "do not know" not in (await standin.wait_for(reader)).text
        await standin.until(lambda: "approve" in menu(standin, reader))
