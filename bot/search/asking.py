"""What a question wants, beside what it is about: one field, help, or nothing at all.

Everything here comes from word lists in `content/lexicons`, where people can curate it.
"""

from typing import Final

from bot.core.finding import Concern, Field
from bot.core.records import Attack, Campaign, Organisation, Quiz, Record
from bot.search.phrases import Lists, Phrases, words_in

FIELDS: Final[dict[str, Field]] = {
    "asking-how-many": "how many",
    "asking-why": "why",
    "asking-when": "when",
    "asking-where": "where",
    "asking-who": "who",
}
CONCERNS: Final[dict[str, Concern]] = {
    "concern-danger": "danger",
    "concern-despair": "despair",
    "concern-instructions": "instructions",
    "concern-contact": "contact",
    "concern-propaganda": "propaganda",
}
"""Lists in the order in which they are looked up: where two fit, people in need come first."""

KINDS: Final[dict[str, type[Record]]] = {
    "attack-words": Attack,
    "asking-groups": Organisation,
    "asking-campaigns": Campaign,
    "asking-quizzes": Quiz,
}
"""Lists of words that speak of one kind of record."""

LISTS = (
    *FIELDS,
    *CONCERNS,
    "armed-groups",
    "asked-weapons",
    *KINDS,
    "elsewhere",
    "listed-attacks",
    "no-question",
    "other-matters",
)


class Asking:
    """The word lists, made ready."""

    def __init__(self, lists: Lists) -> None:
        self._fields = {Phrases(lists, name): field for name, field in FIELDS.items()}
        self._concerns = {Phrases(lists, name): concern for name, concern in CONCERNS.items()}
        self._nothing = Phrases(lists, "no-question")
        self.attacks = words_in(lists, "attack-words")
        self.listed = words_in(lists, "listed-attacks")
        self._kinds = {kind: words_in(lists, name) for name, kind in KINDS.items()}
        self.elsewhere = words_in(lists, "elsewhere")
        self.decisive = self.elsewhere | words_in(lists, "other-matters")

    def field(self, words: tuple[str, ...]) -> Field | None:
        """The one thing that these words ask for, where it is one."""
        return next((field for list_, field in self._fields.items() if list_.stand_in(words)), None)

    def concern(self, words: tuple[str, ...]) -> Concern | None:
        """What makes these words no question to be looked up, if anything does."""
        found = (concern for list_, concern in self._concerns.items() if list_.stand_in(words))
        return next(found, None)

    def kinds(self, words: tuple[str, ...]) -> frozenset[type[Record]]:
        """The kinds of record that these words speak of."""
        return frozenset(kind for kind, said in self._kinds.items() if not said.isdisjoint(words))

    def is_no_question(self, words: tuple[str, ...]) -> bool:
        """Whether they praise, insult, greet or thank, which no brief answers."""
        return self._nothing.stand_in(words)
