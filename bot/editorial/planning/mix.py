"""T7, T8 and H8: the mix of a channel and of a campaign."""

from collections.abc import Iterator
from datetime import timedelta

from bot.editorial.findings import Spot
from bot.editorial.planning.case import Case


def exposing(case: Case) -> Iterator[Spot]:
    """The share of posts about groups, in the days up to the post and with it."""
    if not case.post.exposes:
        return
    days = timedelta(days=case.rules.expose_days)
    posts = (case.post, *case.plan.near(case.post, days, timedelta()))
    counted = [each for each in posts if each.type != "correction"]
    share = sum(each.exposes for each in counted) / len(counted)
    if len(counted) >= case.rules.expose_from and share > case.rules.expose_share:
        most, days_ = case.rules.expose_share, case.rules.expose_days
        yield Spot(("campaign",), "", f"{share:.0%} of {len(counted)} in {days_} days; {most:.0%}")


def counter_after_counter(case: Case) -> Iterator[Spot]:
    if case.post.kind == "counter":
        for other in case.plan.campaigns_beside(case.post):
            if other.kind == "counter":
                yield Spot(("campaign",), "", f"beside {other.campaign}")


def one_community(case: Case) -> Iterator[Spot]:
    """Every post of a campaign about attacks tells of victims of the same community."""
    series = (case.post, *case.plan.of_its_campaign(case.post)) if case.post.campaign else ()
    told = {each.story: each.victims for each in series if each.victims is not None}
    if case.post.victims is not None and len(told) >= case.rules.communities_from:
        for community in sorted(frozenset.intersection(*told.values())):
            yield Spot(("campaign",), "", f"all {len(told)} posts about attacks: {community}")
            return
