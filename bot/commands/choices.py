"""What people and groups chose, at hand for every answer."""

from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from bot.core.fingerprints import Fingerprint
from bot.core.people import PersonId
from bot.core.ports import NewUow
from bot.core.records import Language


class Choices:
    """Languages of people, known by fingerprint alone, and groups where the bot is silent.

    They are held in memory, so that an answer waits for no database; before `load()` there are
    none. Reading takes no lock. A change is written first and holds in memory then, one at a time.
    """

    def __init__(self, fingerprint: Callable[[PersonId], Fingerprint], new_uow: NewUow) -> None:
        self._fingerprint = fingerprint
        self._new_uow = new_uow
        self._changing = Lock()
        self._languages: dict[Fingerprint, Language] = {}
        self._silent: set[str] = set()

    def load(self) -> None:
        """Read everything anew: another process may have written."""
        with self._changing, self._new_uow() as uow:
            self._languages, self._silent = uow.languages.all(), uow.silent_groups.all()

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

    def forget(self, person: PersonId) -> bool:
        """Whether there was a language to forget."""
        fingerprint = self._fingerprint(person)
        with self._changing, self._new_uow() as uow:
            forgotten = uow.languages.forget(fingerprint)
            uow.commit(erasing=True)
            self._languages.pop(fingerprint, None)
        return forgotten

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
