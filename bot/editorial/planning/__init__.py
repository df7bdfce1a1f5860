"""Rules at planning and at sending: hours, days, room between posts, the mix. Pure."""

from bot.editorial.planning.case import Situation
from bot.editorial.planning.clashes import clashes
from bot.editorial.planning.days import KeptDays
from bot.editorial.planning.judging import PLAN_RULES, PlanRule, judge_plan, stopping
from bot.editorial.planning.plans import Plan, PlannedPost
from bot.editorial.planning.series import Slot, laid_out
from bot.editorial.planning.telling import names_group, victims_of
from bot.editorial.planning.wordings import Sketch, sketch

__all__ = [
    "PLAN_RULES",
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
    "names_group",
    "sketch",
    "stopping",
    "victims_of",
]
