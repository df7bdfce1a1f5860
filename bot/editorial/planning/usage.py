"""T3, S4, S8 and A2: whether the post may still be told at all."""

from collections.abc import Iterator

from bot.editorial.findings import Spot
from bot.editorial.planning.case import Case


def worn_evergreen(case: Case) -> Iterator[Spot]:
    if case.post.repeats:
        yield from _past_review(case)


def out_of_date(case: Case) -> Iterator[Spot]:
    if not case.post.repeats:
        yield from _past_review(case)


def _past_review(case: Case) -> Iterator[Spot]:
    """An error once the day is past; a warning where it will be past when the post goes out."""
    for name in case.post.records:
        record = case.situation.library.get(name)
        if record and record.is_due_for_review(max(case.situation.today, case.day)):
            now = record.is_due_for_review(case.situation.today)
            about = f"{name} is to be reviewed by {record.review_by}"
            yield Spot(("record",), name, about, "error" if now else "warning")


def unusable(case: Case) -> Iterator[Spot]:
    for name in case.post.records:
        record = case.situation.library.get(name)
        if record is None:
            yield Spot(("record",), name, f"{name} has been removed")
        elif record.on_hold:
            yield Spot(("record",), name, f"{name} is on hold: {record.on_hold.en}")


def outdated_variant(case: Case) -> Iterator[Spot]:
    if case.post.is_outdated:
        yield Spot(("text",), "", f"post {case.post.variant_of} has been changed since")
