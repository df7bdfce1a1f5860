"""The editorial lint: what must not go out as it is, and what a reviewer has to look at.

Pure. `lint_record` reads records, `lint` any `Subject`, such as a moderator's post; the rules stand
in one table, `rules.RULES`, and the word lists in `content/lexicons/`.

It is a helper: tone, irony and sectarian hints still need two people. Judged at planning and
sending, where channel, calendar and files are known: S7 (needs the text of the source), C2 (file
hashes, blocked channels), H8 (victims of a whole campaign), L2 (the way to the disclosure), T1 to
T4 (hours, commemorations, holds, density), P3 (consent to a submission), and that a hashtag is
registered (M7).
"""

from bot.editorial.findings import Finding, Severity, Spot
from bot.editorial.fingerprints import fingerprint
from bot.editorial.flaws import RecordLint
from bot.editorial.lexicons import Lexicons
from bot.editorial.lint import UNUSED_WAIVER, lint, lint_help_lines, lint_record
from bot.editorial.of_record import subjects_of
from bot.editorial.rules import RULES, Rule
from bot.editorial.subject import Media, Piece, Role, Subject, Toll

__all__ = [
    "RULES",
    "UNUSED_WAIVER",
    "Finding",
    "Lexicons",
    "Media",
    "Piece",
    "RecordLint",
    "Role",
    "Rule",
    "Severity",
    "Spot",
    "Subject",
    "Toll",
    "fingerprint",
    "lint",
    "lint_help_lines",
    "lint_record",
    "subjects_of",
]
