"""What people and groups chose, at hand for every answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from bot.core.fingerprints import Fingerprint
from bot.core.people import PersonId
from bot.core.ports import NewUow, Traces
from bot.core.records import Language


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much there was of a person, and what traces of it are left."""

    subscriptions: int
    languages: int
    wishes: int
    deliveries: int
    feeds: int
    cards: int
    traces: Traces

    def __bool__(self) -> bool:
        left = self.subscriptions or self.languages or self.wishes or self.deliveries
        return bool(left or self.feeds or self.cards)


class Choices:
    """Languages of people, known by fingerprint alone, and groups where the bot is silent.

    They are held in memory, so that an answer waits for no database; until they are `known` there
    are none. Reading takes no lock. A change is written first and holds in memory then, one at a
    time.
    """

    def __init__(self, fingerprint: Callable[[PersonId], Fingerprint], new_uow: NewUow) -> None:
        self._fingerprint = fingerprint
        self._new_uow = new_uow
        self._changing = Lock()
        self._languages: dict[Fingerprint, Language] = {}
        self._silent: set[str] = set()
        self.known = False

    def load(self) -> None:
        """Read everything anew: another process may have written."""
        with self._changing, self._new_uow(reading=True) as uow:
            self.take(uow.languages.all(), uow.silent_groups.all())

    def take(self, languages: dict[Fingerprint, Language], silent: set[str]) -> None:
        """Hold these, which were just read."""
        self._languages, self._silent = languages, silent
        self.known = True

    def language_of(self, person: PersonId | None) -> Language | None:
        if person is None or not self._languages:
            return None
        return self._languages.get(self._fingerprint(person))

    def choose(self, person: PersonId, language: Language) -> None:
        """Answer them in this language from now on, and send them what they subscribed to in it."""
        fingerprint = self._fingerprint(person)
        with self._changing, self._new_uow() as uow:
            uow.languages.keep(fingerprint, language)
            if subscription := uow.subscribers.of(person):
                uow.subscribers.change(replace(subscription, language=language))
            uow.commit()
            self._languages[fingerprint] = language

    def forget(self, person: PersonId) -> Forgotten:
        """Delete everything that is kept of a person as a reader, the address of their calendar and
        the cards that they sent."""
        fingerprint = self._fingerprint(person)
        with self._new_uow() as uow:
            with self._changing:
                subscriptions = int(uow.subscribers.remove(person))
                deliveries = uow.deliveries.forget(person)
                wishes = uow.reports.detach(person)
                cards = uow.inline_cards.forget(person)
                languages = int(uow.languages.forget(fingerprint))
                feeds = int(uow.feeds.remove(person))
                uow.commit()
                self._languages.pop(fingerprint, None)
            traces = uow.cleanse()
        return Forgotten(subscriptions, languages, wishes, deliveries, feeds, cards, traces)

    def is_silent(self, chat: str | None) -> bool:
        return chat in self._silent

    def silence(self, chat: str) -> None:
        with self._changing, self._new_uow() as uow:
            uow.silent_groups.add(chat)
            uow.commit()
            self._silent.add(chat)

    def speak_again(self, chat: str) -> None:
        with self._changing, self._new_uow() as uow:
            uow.silent_groups.remove(chat)
            uow.commit()
            self._silent.discard(chat)
