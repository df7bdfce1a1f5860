"""schema.org ClaimReview as JSON-LD: what fact-check search engines read."""

from collections.abc import Iterator
from typing import Any

from bot.adapters.export.facts import citations
from bot.adapters.export.json_files import as_json
from bot.core.library import Library
from bot.core.prose import without_citations
from bot.core.records import Language, Narrative, Source, Text

VERDICTS: dict[str, dict[Language, str]] = {
    "false": {"en": "False", "ur": "غلط"},
    "misleading": {"en": "Misleading", "ur": "گمراہ کن"},
    "unproven": {"en": "Unproven", "ur": "غیر ثابت شدہ"},
}
"""Words alone: a number on a scale would say more than the editors did."""


def claimreview(library: Library, base_url: str | None = None) -> Iterator[tuple[str, bytes]]:
    """A file a narrative and language, for those languages that the whole answer is written in.

    `base_url` is what an id is appended to for the page of its narrative. Without it `url` is left
    out, which search engines ask for, and whoever publishes the files adds it.
    """
    for narrative in library.of(Narrative):
        for language, _ in narrative.claim.by_language():
            if all(getattr(text, language) for text in _answer(narrative)):
                review = _review(narrative, language, library)
                if base_url is not None:
                    review["url"] = base_url + narrative.id
                yield f"{narrative.id}.{language}.jsonld", _embeddable(as_json(review))


def _review(narrative: Narrative, language: Language, library: Library) -> dict[str, Any]:
    claim = without_citations(narrative.claim.in_language(language))
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "name": narrative.name.in_language(language),
        "claimReviewed": claim,
        "reviewRating": {
            "@type": "Rating",
            "alternateName": VERDICTS[narrative.verdict][language],
        },
        "itemReviewed": {"@type": "Claim", "text": claim},
        "reviewBody": "\n\n".join(
            without_citations(each.in_language(language)) for each in _answer(narrative)
        ),
        "author": {"@type": "Organization", "name": "Wazahat"},
        "datePublished": narrative.as_of.isoformat(),
        "inLanguage": language,
        "creativeWorkStatus": "Reviewed" if language in narrative.reviewed else "Unreviewed",
        "citation": [_work(library.sources[each]) for each in _cited(narrative, language)],
    }


def _answer(narrative: Narrative) -> tuple[Text, ...]:
    """What answers the claim, with what is true in it."""
    more = (narrative.trick, narrative.limits)
    return (*narrative.facts, narrative.why_false, *filter(None, more))


def _cited(narrative: Narrative, language: Language) -> list[str]:
    said = (each for each in citations(narrative) if each.language == language)
    return list(dict.fromkeys(each.source for each in said))


def _work(source: Source) -> dict[str, Any]:
    work: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
    }
    return work | {"url": str(source.url)} if source.url else work


def _embeddable(written: bytes) -> bytes:
    """The same JSON, which cannot end the `<script>` that a page puts it in."""
    return written.replace(b"<", b"\\u003c")
