"""What the bot itself says: phrases by key, in each language."""

from collections.abc import Mapping

Entry = str | dict[str, str]


class Phrases:
    """Phrases by language and key; one that depends on a number has forms `one` and `other`."""

    def __init__(self, languages: Mapping[str, Mapping[str, Entry]]) -> None:
        self._languages = languages

    def say(self, language: str, key: str, **values: object) -> str:
        """The phrase, filled in; in English where `language` lacks it. `n` chooses the form.

        Raises `KeyError` for a key that English lacks: a fault of the code, found by a test.
        """
        entry = self._languages.get(language, {}).get(key) or self._languages["en"][key]
        if isinstance(entry, dict):
            entry = entry["one" if values.get("n") == 1 else "other"]
        return entry.format(**values)

    def keys(self, language: str) -> frozenset[str]:
        return frozenset(self._languages.get(language, {}))
