"""Records as the lint reads them."""

from collections.abc import Iterator

from bot.core.library import Library
from bot.core.records import Attack, Campaign, CampaignPost, Model, Record, Text
from bot.editorial.findings import Field
from bot.editorial.subject import Piece, Role, Subject, Toll

_UNPUBLISHED = frozenset({"goal", "audience", "risk"})
_ROLES: dict[str | int, Role] = {
    "name": "name",
    "claim": "claim",
    "headline": "headline",
    "question": "question",
    "options": "option",
    "explanation": "explanation",
    "hashtag": "hashtag",
    "by": "label",
    "through": "label",
    "note": "label",
    "on_hold": "label",
    "place": "label",
    "pillars": "label",
    "disclosure": "label",
}
"""The role of a text by the field that it stands in; any other is prose."""


def subjects_of(record: Record, library: Library) -> Iterator[Subject]:
    """The record itself, and each post of a campaign."""
    texts = tuple(_texts(record))
    attack = (record,) if isinstance(record, Attack) else ()
    yield Subject(
        kind=type(record).__name__.lower(),
        pieces=(*_pieces(texts), *_aliases(record)),
        library=library,
        attacks=attack,
        records=(record,),
        tolls=tuple(_tolls(record)),
        texts=texts,
        as_of=record.as_of,
        review_by=record.review_by,
        reviewed=frozenset(record.reviewed),
    )
    if isinstance(record, Campaign):
        for number, post in enumerate(record.posts):
            yield _post(record, post, ("posts", number), library)


def _post(campaign: Campaign, post: CampaignPost, at: Field, library: Library) -> Subject:
    texts = tuple(_texts(post, at))
    used = library.get(post.record) if post.record else None
    return Subject(
        kind="quiz post" if post.type == "quiz" else post.type,
        pieces=tuple(_pieces(texts)),
        library=library,
        attacks=(used,) if isinstance(used, Attack) else (),
        records=(used,) if used else (),
        backed=used is not None,
        texts=texts,
        as_of=campaign.as_of,
        reviewed=frozenset(campaign.reviewed),
    )


def _texts(value: object, at: Field = ()) -> Iterator[tuple[Field, Text]]:
    if isinstance(value, Text):
        yield at, value
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _texts(each, (*at, number))
    elif isinstance(value, Model):
        for name, each in value.__dict__.items():
            if not (isinstance(value, Campaign) and name in {*_UNPUBLISHED, "posts"}):
                yield from _texts(each, (*at, name))


def _pieces(texts: tuple[tuple[Field, Text], ...]) -> Iterator[Piece]:
    for field, text in texts:
        role = _role(field)
        for language, said in text.by_language():
            yield Piece((*field, language), language, role, said)


def _role(field: Field) -> Role:
    """The innermost field that has a role of its own decides."""
    for part in reversed(field):
        if part in _ROLES and (part != "name" or field == ("name",)):
            return _ROLES[str(part)]
    return "label" if field[-1] == "name" else "prose"


def _aliases(record: Record) -> Iterator[Piece]:
    for field in ("aliases", "shared_aliases"):
        for number, alias in enumerate(getattr(record, field)):
            yield Piece((field, number), "en" if alias.isascii() else "ur", "alias", alias)


def _tolls(record: Record) -> Iterator[Toll]:
    if isinstance(record, Attack):
        for number, toll in enumerate(record.tolls):
            if toll.of == "killed":
                yield Toll(("tolls", number), toll.sources)
