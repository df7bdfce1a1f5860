"""The editorial lint: what must not go out as it is, and what a reviewer has to look at.

Pure. `lint_record` reads records, `lint` any `Subject`, such as a moderator's post; the rules stand
in one table, `rules.RULES`, and the word lists in `content/lexicons/`.

It is a helper: tone, irony and sectarian hints still need two people. `lint_post` judges what is
written, `planning.judge_plan` when and beside what it goes out (T1 to T9, H8, S8), and `drafts`
has the posts of the life cycle read by both. Nobody judges S7, which needs the text of the source,
and of C2 the marks and hashes of files.
"""

from bot.editorial.drafts import DraftLint
from bot.editorial.findings import Finding, Severity, Spot
from bot.editorial.fingerprints import fingerprint
from bot.editorial.flaws import RecordLint
from bot.editorial.going import Going, PlanJudge, Planned
from bot.editorial.judge import PostJudge
from bot.editorial.lexicons import Lexicons
from bot.editorial.lint import UNUSED_WAIVER, lint, lint_help_lines, lint_record
from bot.editorial.of_record import subjects_of
from bot.editorial.posts import Wording, WrittenPost, lint_post
from bot.editorial.rules import RULES, Rule
from bot.editorial.starting import Series
from bot.editorial.subject import Media, Piece, PostFacts, Role, Subject, Toll

__all__ = [
    "RULES",
    "UNUSED_WAIVER",
    "DraftLint",
    "Finding",
    "Going",
    "Lexicons",
    "Media",
    "Piece",
    "PlanJudge",
    "Planned",
    "PostFacts",
    "PostJudge",
    "RecordLint",
    "Role",
    "Rule",
    "Series",
    "Severity",
    "Spot",
    "Subject",
    "Toll",
    "Wording",
    "WrittenPost",
    "fingerprint",
    "lint",
    "lint_help_lines",
    "lint_post",
    "lint_record",
    "subjects_of",
]
