"""Every rule speaks Urdu too."""

import pytest

from bot.editorial import RULES
from bot.editorial.findings import Spot, told
from bot.editorial.planning import PLAN_RULES
from bot.editorial.urdu import IN_URDU, told_in

ROWS = (*RULES, *PLAN_RULES)


def test_nothing_is_said_in_english_alone_and_nothing_in_urdu_for_nobody() -> None:
    assert IN_URDU.keys() == {text for row in ROWS for text in (row.wrong, row.cure)}
    assert not any(":" in row.wrong for row in ROWS)


@pytest.mark.parametrize(
    ("about", "urdu"),
    [
        ("collides with post 12, 5 minutes away", "پوسٹ 12 سے ٹکراتی ہے، فاصلہ 5 منٹ"),
        ("60 minutes from post 7", "60 منٹ کا فاصلہ، پوسٹ 7 سے"),
        ("Ashura", "Ashura"),
        ("", ""),
    ],
)
def test_a_finding_is_told_in_the_language_of_its_reader(about: str, urdu: str) -> None:
    [rule] = [each for each in PLAN_RULES if each.wrong.startswith("too close")]
    finding = told(rule, Spot(("at",), "", about))
    assert told_in("en", finding) == finding
    said = told_in("ur", finding)
    assert said.message.endswith(urdu) and "too close" not in said.message
    assert said.cure == IN_URDU[rule.cure]
