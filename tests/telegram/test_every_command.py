"""Every command by every path that a reader has: typed, pressed, by link, in a group, inline.

What is held to here is that each is answered, by no error and never as something unknown; what the
answers say is the matter of other tests.
"""

import logging
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.adapters.content_files import Content
from bot.adapters.playground.chats import Chat
from bot.adapters.playground.messages import Message
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.adapters.telegram import handlers
from bot.commands.table import COMMANDS
from bot.core.people import Role
from bot.core.phrases import Phrases
from bot.core.records import KINDS, Campaign, Language

pytestmark = [pytest.mark.usefixtures("bot"), pytest.mark.parametrize("language", ["en", "ur"])]

MOST_PRESSES, MOST_PICTURES = 400, 8
PATIENCE = 30.0
NEXT = "the_next_thing"
GROUP = -1002000000001
PICTURES = ("picture", "tolls", "map")
EXAMPLES = {
    "group": "isis-k",
    "attacks": "2016",
    "attack": "sehwan",
    "myth": "caliphate",
    "topic": "why isis failed",
    "timeline": "2014",
    "quiz": "quiz-spot-the-trick",
    "search": "safoora bus",
    "sources": "aps-2014",
    "picture": "sehwan-2017",
    "tolls": "sehwan-2017",
    "inline": "sehwan-2017 ur",
    "card": "sehwan-2017 toll",
    "subscribe": "prebunk",
    "unsubscribe": "prebunk",
    "language": "{language}",
    "wrong": "sehwan-2017 The date is wrong",
    "wish": "0123456789abcdef",
    "compose": "+10m | @wazahat_news | A post",
    "posts": "upcoming",
    "post": "1",
    "approve": "1",
    "return": "1 Too long",
    "cancel": "1",
    "correct": "1",
    "draft": "1",
    "take": "x",
    "template": "1",
    "times": "1",
    "submit": "1",
    "pause": "1",
    "resume": "1",
    "resend": "1 @wazahat_news",
    "missed": "1 =1 drop",
    "exempt": "1",
    "results": "1",
    "pack": "humsaye",
    "hold": "A rumour is going round",
    "grant": "4711 moderator",
    "revoke": "4711",
    "audit": "post 1",
    "campaign": "baat-karo",
    "run": "new baat-karo",
    "calendar": "2027-02",
    "onday": "2027-02-08",
    "moon": "ramadan 1448",
    "channels": "check @wazahat_news",
    "feed": "new",
    "report": "1 close",
    "content": "undo",
    "reload": "confirm",
}
"""What stands behind each command that takes words."""
NOWHERE = ("b_", "b_nothing-of-the-kind", "c__", "c_nothing_1", "c_humsaye_999", "x", "off", "_")


@dataclass
class Visit:
    """One person in one chat, and the checks that hold for every answer there."""

    standin: Standin
    user: User
    chat: Chat
    phrases: Phrases
    language: Language

    async def types(self, text: str) -> list[Message]:
        self._says(text)
        return await self._answers(text)

    async def presses(self, action: str) -> list[Message]:
        """Press a button below a message of its own, which no answer can be the same as."""
        carrier = self.standin.world.bot_says(self.chat, {"text": "A message with buttons"})
        self.chat.unread.clear()
        self.standin.world.press(self.user, carrier, action)
        return await self._answers(f"[{action}]")

    def _says(self, text: str) -> None:
        self.user.says(text, None if self.chat.is_private else self.chat)

    async def _answers(self, to: str) -> list[Message]:
        """All that was said until the bot came to the next thing, which nobody has an answer to."""
        self._says(f"/{NEXT}@{self.standin.world.bot.username}")
        answers: list[Message] = []
        while True:
            message = await self.standin.wait_for(self.chat, timeout=PATIENCE)
            if f"/{NEXT}" in message.text:
                break
            answers.append(message)
        assert answers, f"{to} was not answered"
        for each in answers:
            said = each.text or each.get("poll", {}).get("question", "")
            assert said, to
            assert self.beginning("broken", "ref") not in said, to
            assert "[@" not in said, to
        return answers

    def is_unknown(self, answers: list[Message]) -> bool:
        unknown = self.beginning("unknown-command", "name")
        return any(each.text.startswith(unknown) for each in answers)

    def beginning(self, key: str, name: str) -> str:
        """A phrase as far as the value that `name` stands for."""
        return self.phrases.say(self.language, key, **{name: "\0"}).partition("\0")[0]


@pytest.fixture
def visit(standin: Standin, reader: User, content: Content, language: Language) -> Visit:
    reader.speaks(language)
    return Visit(standin, reader, reader.private_chat, content.phrases, language)


@pytest.fixture(autouse=True)
def _no_flood_control(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person tries everything here, faster than anybody types."""
    for limit in ("MOST_IN_CHAT", "MOST_TYPED"):
        monkeypatch.setattr(handlers, limit, 1_000_000)


@pytest.fixture(autouse=True)
def _nothing_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever the bot itself takes for a fault or a refusal is one."""
    caplog.set_level(logging.INFO, "bot")
    yield
    ours = (each for each in caplog.records if each.name.startswith("bot."))
    wrong = [each.getMessage() for each in ours if each.levelno >= logging.WARNING]
    assert not wrong
    assert "an answer was refused" not in caplog.text


def lines(role: Role, language: Language) -> Iterator[str]:
    """Each command bare and, where it takes words, with some, for those of just this role."""
    for command in COMMANDS:
        if (command.needs > Role.READER) == (role > Role.READER):
            yield f"/{command.name}"
            if command.usage:
                yield f"/{command.name} {EXAMPLES[command.name]}".format(language=language)


def ways_on(messages: list[Message]) -> Iterator[str]:
    """What the buttons do: actions, and links into the private chat as what they make one say."""
    for button in (button for message in messages for button in message.buttons):
        if action := button.get("callback_data"):
            yield action
        else:
            start = parse_qs(urlsplit(button["url"]).query).get("start", [])
            yield from (f"/start {payload}" for payload in start)


def told(messages: list[Message]) -> str:
    return "\n".join(message.text for message in messages)


def is_picture(action: str) -> bool:
    return action.split()[0] in PICTURES or action.endswith(" picture")


async def test_every_command_is_answered(visit: Visit, language: Language) -> None:
    for line in lines(Role.READER, language):
        assert not visit.is_unknown(await visit.types(line)), line


async def test_to_readers_the_commands_of_staff_do_not_exist(
    visit: Visit, language: Language
) -> None:
    for line in lines(Role.OWNER, language):
        assert visit.is_unknown(await visit.types(line)), line


async def test_every_command_of_staff_is_answered(
    visit: Visit, author: User, reviewer: User, channel: Chat, language: Language
) -> None:
    author.speaks(language)
    visit.user, visit.chat = author, author.private_chat
    await visit.types("/wrong The date is wrong")
    for line in lines(Role.OWNER, language):
        assert not visit.is_unknown(await visit.types(line)), line


async def test_every_button_leads_to_an_answer(
    visit: Visit, content: Content, language: Language
) -> None:
    """Breadth first, from every command and from a brief of each kind."""
    first = [next(iter(content.library.of(kind))) for kind in KINDS.values()]
    starts = [*lines(Role.READER, language), *(f"/start b_{each.id}" for each in first)]
    waiting = deque([each for each in starts if not is_picture(each.removeprefix("/"))])
    seen, presses, pictures = set(waiting), 0, 0
    while waiting and presses < MOST_PRESSES:
        action = waiting.popleft()
        if is_picture(action):
            pictures += 1
            if pictures > MOST_PICTURES:
                continue
        answer = await (visit.types(action) if action[0] == "/" else visit.presses(action))
        assert not visit.is_unknown(answer), action
        if action.startswith("language "):
            await visit.presses(f"language {language}")
        presses += action[0] != "/"
        new = [each for each in ways_on(answer) if each not in seen]
        seen.update(new)
        waiting.extend(new)
    assert presses == MOST_PRESSES
    assert pictures > MOST_PICTURES, "the walk did not come by the pictures"


async def test_links_open_every_brief(visit: Visit, content: Content) -> None:
    for record in content.library.records.values():
        answer = await visit.types(f"/start b_{record.id}")
        assert record.name.in_language(visit.language) in told(answer), record.id


async def test_links_of_campaigns_open_what_each_post_is_about(
    visit: Visit, content: Content
) -> None:
    for campaign in content.library.of(Campaign):
        for number, post in enumerate(campaign.posts, 1):
            answer = await visit.types(f"/start c_{campaign.id}_{number}")
            record = content.library.records[post.record or campaign.id]
            assert record.name.in_language(visit.language) in told(answer), (campaign.id, number)


async def test_links_that_lead_nowhere_are_answered(visit: Visit) -> None:
    for payload in NOWHERE:
        assert not visit.is_unknown(await visit.types(f"/start {payload}")), payload


async def test_in_a_group_every_command_and_its_buttons_are_answered(
    visit: Visit, standin: Standin, language: Language
) -> None:
    visit.chat = standin.world.add_group(GROUP, title="Group")
    name = f"@{standin.world.bot.username}"
    for line in lines(Role.READER, language):
        command, *words = line.split(maxsplit=1)
        answer = await visit.types(" ".join((command + name, *words)))
        assert not visit.is_unknown(answer), line
        for action in list(ways_on(answer))[:3]:
            if action[0] != "/" and not is_picture(action):
                assert not visit.is_unknown(await visit.presses(action)), (line, action)
    for line in lines(Role.OWNER, language):
        command, *words = line.split(maxsplit=1)
        assert visit.is_unknown(await visit.types(" ".join((command + name, *words)))), line


async def test_a_question_to_the_bot_in_a_group_leads_to_the_private_chat(
    visit: Visit, standin: Standin
) -> None:
    private, visit.chat = visit.chat, standin.world.add_group(GROUP, title="Group")
    answer = await visit.types(f"@{standin.world.bot.username} sehwan 2017 lal shahbaz qalandar")
    [way] = ways_on(answer)
    visit.chat = private
    assert not visit.is_unknown(await visit.types(way))


async def test_cards_sent_inline_are_renewed_and_lead_to_the_brief(
    visit: Visit, standin: Standin, content: Content
) -> None:
    for kind in KINDS.values():
        record = next(iter(content.library.of(kind)))
        query = visit.user.types_inline(record.id)
        offered = await standin.results_of(query)
        card = visit.user.chooses(query, offered.ids[0])
        assert offered.ids[0] == record.id
        way, renew = ways_on([card])
        edits = len(standin.calls("editMessageText"))
        visit.user.presses(card, renew)
        await standin.until(lambda edits=edits: len(standin.calls("editMessageText")) > edits)
        assert record.name.in_language(visit.language) in visit.chat.history[card.id].text
        assert record.name.in_language(visit.language) in told(await visit.types(way))
