"""From what Telegram tells to a request: who, where, in which language, whether it is for us."""

from telegram import Bot, CallbackQuery, Message, MessageEntity, MessageOriginUser, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.adapters.telegram.messenger import person_of
from bot.adapters.telegram.render import completed
from bot.core.people import PersonId
from bot.core.records import Language
from bot.core.replies import Misfit, Request

MANAGERS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


def request_of(message: Message, language: Language, bot: Bot) -> Request | None:
    """What a message asks of us; None where people of a group talk among themselves, and for a card
    of ours that somebody sent by inline mode, which Telegram shows us too."""
    if message.via_bot is not None and message.via_bot.id == bot.id:
        return None
    text, private = _text(message), message.chat.type == ChatType.PRIVATE
    answered = _answered(message, bot)
    named = f"@{bot.username}".lower()
    if not private and not _is_for_us(message, text, named, answered):
        return None
    if not private and not text.startswith("/"):
        text = _without(text, named)
    return Request(
        text=completed(answered, text) if answered else text,
        person=person(message),
        language=language,
        origin=f"telegram:{message.chat_id}:{message.message_id}",
        private=private,
        addressed=private or answered is not None or named in text.lower(),
        chat=None if private else f"telegram:{message.chat_id}",
        replied=_replied(message),
        quoted=_text(message.reply_to_message),
        forwarded=message.forward_origin is not None,
        photo=_photo(message),
        quoted_photo=_photo(message.reply_to_message),
        misfit=_misfit(message),
    )


def pressed(query: CallbackQuery, language: Language) -> Request:
    """What a button says that somebody pressed; one of an inline message is read by many."""
    shown = query.message
    chat = shown.chat if shown is not None else None
    under = shown.reply_to_message if isinstance(shown, Message) else None
    private = chat is not None and chat.type == ChatType.PRIVATE
    return Request(
        text=query.data or "",
        person=person_of(query.from_user.id),
        language=language,
        private=private,
        chat=f"telegram:{chat.id}" if chat is not None and not private else None,
        origin=f"telegram:{under.chat_id}:{under.message_id}" if under else None,
        quoted=_text(under),
        quoted_photo=_photo(under),
    )


def language_of(user: User | None, languages: tuple[Language, ...]) -> Language:
    """The person's own in Telegram, if it is one of ours, else the first of the settings."""
    code = (user.language_code or "").split("-")[0] if user else ""
    return next((each for each in languages if each == code), languages[0])


def person(message: Message) -> PersonId | None:
    """Who wrote it, where Telegram vouches for a person: not a channel, not an anonymous admin."""
    if message.sender_chat is not None or message.from_user is None:
        return None
    return person_of(message.from_user.id)


async def manages(message: Message) -> bool:
    """Whether the sender is an administrator of the group, or speaks in the group's own name."""
    if message.sender_chat is not None:
        return message.sender_chat.id == message.chat_id
    if message.from_user is None:
        return False
    try:
        member = await message.chat.get_member(message.from_user.id)
    except TelegramError:
        return False
    return member.status in MANAGERS


def _answered(message: Message, bot: Bot) -> str | None:
    """Our own message that this one replies to."""
    replied = message.reply_to_message
    ours = replied is not None and replied.from_user is not None and replied.from_user.id == bot.id
    return (replied.text or replied.caption or "") if replied is not None and ours else None


def _text(message: Message | None) -> str:
    return (message.text or message.caption or "") if message is not None else ""


def _photo(message: Message | None) -> str:
    """The id of its largest size; none of an album, in which there are several."""
    if message is None or message.media_group_id or not message.photo:
        return ""
    return message.photo[-1].file_id


def _misfit(message: Message) -> Misfit:
    if message.media_group_id:
        return "album"
    return "" if message.text or message.photo else "video"


def _replied(message: Message) -> PersonId | None:
    """Who wrote the message that this one replies to; of a forwarded one, who wrote it first."""
    replied = message.reply_to_message
    if replied is None:
        return None
    origin = replied.forward_origin
    if origin is None:
        return person(replied)
    return person_of(origin.sender_user.id) if isinstance(origin, MessageOriginUser) else None


def _is_for_us(message: Message, text: str, named: str, answered: str | None) -> bool:
    """A command that names no other bot (`/help@some_other_bot`), a mention, an answer to us."""
    if text.startswith("/"):
        _, at, name = text.split(maxsplit=1)[0].lower().partition("@")
        return not at or f"@{name}" == named
    mentions = message.parse_entities([MessageEntity.MENTION]).values()
    return answered is not None or any(each.lower() == named for each in mentions)


def _without(text: str, named: str) -> str:
    """The text without our name, as it is written in front of a question."""
    return " ".join(word for word in text.split() if word.lower().rstrip(":,") != named)
