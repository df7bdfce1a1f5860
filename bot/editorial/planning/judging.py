"""The rules of planning in one table, and the one function that applies them."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.core.plan_rules import PlanRules
from bot.editorial.findings import Finding, Severity, told
from bot.editorial.planning import density, hours, mix, remembrance, usage
from bot.editorial.planning.case import Case, Check, Situation
from bot.editorial.planning.plans import Plan, PlannedPost


class PlanRule(NamedTuple):
    id: str
    severity: Severity
    wrong: str
    cure: str
    check: Check


PLAN_RULES: tuple[PlanRule, ...] = (
    PlanRule(
        "T1", "warning", "an hour at which people are not to be disturbed",
        "choose another hour", hours.quiet,
    ),
    PlanRule(
        "T1", "error", "9 and 10 Muharram are for memorials alone",
        "choose another day", hours.not_in_mourning,
    ),
    PlanRule(
        "T2", "error", "the day does not allow this type of post",
        "choose another day, or send a memorial", remembrance.forbidden_type,
    ),
    PlanRule(
        "T2", "error", "a day of remembrance in this channel",
        "let the memorial stand alone; choose another day", remembrance.beside_a_memorial,
    ),
    PlanRule(
        "T3", "error", "a repeated post past its review",
        "review the record, or end the series", usage.worn_evergreen,
    ),
    PlanRule(
        "T4", "warning", "too close to another post of the channel",
        "move one of them", density.too_close,
    ),
    PlanRule(
        "T4", "warning", "too many posts in a day", "move one to another day", density.too_many,
    ),
    PlanRule(
        "T5", "warning", "the channel had or will have this text",
        "leave more time between them, or word it anew", density.again,
    ),
    PlanRule(
        "T6", "warning", "sent too often", "end the series, or word it anew", density.worn_out,
    ),
    PlanRule(
        "T7", "warning", "the channel tells too much of groups",
        "put constructive posts between", mix.exposing,
    ),
    PlanRule(
        "T8", "warning", "two counter campaigns in a row",
        "put another campaign between them", mix.counter_after_counter,
    ),
    PlanRule(
        "H8", "warning", "victims of one community only",
        "tell of others who were hit too", mix.one_community,
    ),
    PlanRule(
        "S4", "error", "built on a record past its review",
        "review the record first", usage.out_of_date,
    ),
    PlanRule(
        "S8", "error", "built on a record that cannot be used",
        "build it on another record, or cancel it", usage.unusable,
    ),
    PlanRule(
        "A2", "error", "older than the text it translates",
        "translate the changed text, then submit it again", usage.outdated_variant,
    ),
)  # fmt: skip
"""Ids of the craft's lint where it has the rule; a rule of two severities has two rows."""


def judge_plan(post: PlannedPost, plan: Plan, situation: Situation) -> tuple[Finding, ...]:
    """What speaks against the post at its time, beside what else is planned and was sent.

    Asked when a post is planned, where all of it is shown, and once more when it is sent. What
    stops a sending are the errors: 9 and 10 Muharram (T1), a day of remembrance (T2), a repeated
    post past its review (T3), a record past its review (S4), gone or held back (S8), and
    a translation that is older than its text (A2). Of warnings there is nothing to do at sending.
    A day of the moon that nobody has confirmed warns in its band and stops on its expected date.
    """
    case = Case(post, plan, situation)
    return tuple(told(rule, spot) for rule in PLAN_RULES for spot in rule.check(case))


def matters_from_afar(post: PlannedPost, other: PlannedPost, rules: PlanRules) -> bool:
    """Whether rules that look further than some hours ask for the other: for its words (T5), its
    share (T7), its campaign (T8) or its victims (H8)."""
    if post.exposes or post.wording.likeness(other.wording, rules.likeness):
        return True
    if other.campaign is None:
        return False
    return post.kind == "counter" or (post.victims is not None and post.campaign == other.campaign)


def stopping(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those for which a post is not sent."""
    return tuple(each for each in findings if each.severity == "error")
