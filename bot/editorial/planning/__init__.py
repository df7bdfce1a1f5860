"""Rules at planning and at sending: hours, days, room between posts, the mix. Pure."""

from bot.editorial.planning.case import Situation
from bot.editorial.planning.clashes import clashes
from bot.editorial.planning.days import KeptDays
from bot.editorial.planning.judging import (
    PLAN_RULES,
    PlanRule,
    judge_plan,
    matters_from_afar,
    stopping,
)
from bot.editorial.planning.plans import Plan, PlannedPost
from bot.editorial.planning.series import Slot, laid_out
from bot.editorial.planning.telling import names_group, victims_of
from bot.editorial.planning.wordings import UNREAD, Sketch, sketch

__all__ = [
    "PLAN_RULES",
    "UNREAD",
    "KeptDays",
    "Plan",
    "PlanRule",
    "PlannedPost",
    "Situation",
    "Sketch",
    "Slot",
    "clashes",
    "judge_plan",
    "laid_out",
    "matters_from_afar",
    "names_group",
    "sketch",
    "stopping",
    "victims_of",
]
