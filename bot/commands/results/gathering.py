"""The figures of a campaign or a post, from the database and the platform."""

from collections.abc import Iterable, Mapping

from bot.commands.desk import Desk
from bot.commands.targets import named
from bot.core.channels import address_of
from bot.core.errors import DeliveryError
from bot.core.ports import UnitOfWork
from bot.core.posts import Draft, Post
from bot.core.records import Campaign
from bot.core.results import Base, Harm, PostResult, Result, Sent, no_taps, together

MOST_CHATS = 20
"""Chats whose members are counted for one report."""


def of_campaign(campaign_id: str, desk: Desk) -> Result | None:
    """None where there is no such campaign and none that posts were of."""
    with desk.new_uow() as uow:
        posts = uow.results.posts(campaign_id)
        tapped = uow.results.taps(campaign_id)
    record = desk.library.get(campaign_id)
    if not (isinstance(record, Campaign) or posts or tapped):
        return None
    return _results(posts, campaign_id, campaign_id, desk)


def of_post(post: Post, desk: Desk) -> Result:
    return _results(
        {post.id: post.draft}, f"/post {post.id}", post.draft.campaign or "", desk, post.draft.seq
    )


def _results(
    posts: Mapping[int, Draft], name: str, campaign: str, desk: Desk, seq: int | None = None
) -> Result:
    """Where `seq` is given, with the taps of that post of the campaign alone."""
    with desk.new_uow() as uow:
        told = _told(posts, uow)
        counted = uow.results.taps(campaign) if campaign else {}
        days = uow.results.days(campaign) if campaign else None
        harm = _harm(posts, campaign, together(each.sent for each in told), uow, desk)
    places = {each.seq for each in told} | {tap.seq for tap in counted}
    taps = {place: no_taps() for place in sorted(p for p in places if p and seq in (None, p))}
    for tap, count in counted.items():
        if tap.seq in taps:
            taps[tap.seq][tap.button] = count
    bases = tuple(_bases({t for each in posts.values() for t in each.targets}, desk))
    return Result(name, campaign, desk.clock(), told, taps, days, bases, harm)


def _told(posts: Mapping[int, Draft], uow: UnitOfWork) -> tuple[PostResult, ...]:
    sent, reactions = uow.results.sent(posts), uow.results.reactions(posts)
    views = uow.results.views(posts)
    return tuple(
        PostResult(
            post_id,
            draft.seq,
            draft.language,
            sent.get(post_id, Sent()),
            reactions.get(post_id),
            views.get(post_id),
        )
        for post_id, draft in posts.items()
    )


def _harm(
    posts: Mapping[int, Draft], campaign: str, sent: Sent, uow: UnitOfWork, desk: Desk
) -> Harm:
    """Since the first of the posts was due; nothing where none was."""
    if sent.first is None:
        return Harm(0, 0, 0)
    since = sent.first.astimezone(desk.zone).date()
    used = {campaign, *(draft.record_id or "" for draft in posts.values())}
    records = [desk.library.records[each] for each in used if each in desk.library.records]
    corrected = sum(c.date >= since for record in records for c in record.corrections)
    reports = uow.results.reports([each.id for each in records], since)
    return Harm(reports, uow.results.holds(sent.first, desk.clock()), corrected)


def _bases(targets: Iterable[str], desk: Desk) -> Iterable[Base]:
    """Chats of many people, each once, whichever of its topics posts went to."""
    addresses = filter(None, map(address_of, sorted(targets)))
    chats = {str(each.chat): each for each in addresses if not each.is_person}
    for address in list(chats.values())[:MOST_CHATS]:
        [name] = named([str(address.chat)], desk)
        try:
            yield Base(name, desk.members(address))
        except (DeliveryError, TimeoutError):
            yield Base(name, None)
