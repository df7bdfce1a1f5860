"""The composer's further settings: type, buttons, lateness, reviewers, link preview."""

import pytest

from bot.commands.desk import Desk
from bot.core.posts import TYPES, PostType, default_buttons, offered_buttons
from bot.core.records import Language
from bot.core.replies import Reply
from bot.core.schedule import IfMissed
from tests.commands.composing import answered, button, drafted, post, pressed, ready, with_channels
from tests.fakes.people import AUTHOR, Chat, actions, buttons


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return with_channels(desk)


def more(say: Chat, *labels: str) -> Reply:
    return pressed(say, say(AUTHOR, "/draft 1"), "More settings", *labels)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("record", [True, False])
def test_usual_buttons_may_be_chosen_and_lead_somewhere(kind: PostType, record: bool) -> None:
    usual = default_buttons(kind, record=record)
    assert usual and set(usual) <= set(offered_buttons(kind, record=record))
    assert record or "sources" not in usual


def test_a_memorial_has_sources_and_help_alone() -> None:
    assert default_buttons("memorial", record=True) == ("sources", "help")
    assert offered_buttons("memorial", record=True) == ("sources", "help")


def test_the_overview_stays_one_screen(say: Chat) -> None:
    shown = ready(say)
    assert len(shown.buttons) <= 6
    assert len(shown.text.splitlines()) <= 12


@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_type_says_what_it_needs(say: Chat, desk: Desk, language: Language) -> None:
    ready(say)
    revision = post(desk).revision.number
    listed = say.press(AUTHOR, f"draft 1 {revision} type", language)
    offered = [each for each in buttons(listed) if " type " in each.action]
    assert [each.action.split(" ", 4)[4] for each in offered] == list(TYPES)
    chosen = next(each for each in offered if each.action.endswith("type testimony"))
    told = say.press(AUTHOR, chosen, language)
    assert desk.say(language, "needs.testimony") in told.text
    assert post(desk).draft.type == "testimony"


def test_a_memorial_loses_its_other_buttons_and_needs_two(say: Chat, desk: Desk) -> None:
    ready(say)
    told = more(say, "Type of post", "Memorial")
    assert "Sources, Get help" in told.text and "Two people have to approve it." in told.text
    assert post(desk).draft.buttons == ("sources", "help")
    labels = [each.label for each in buttons(more(say, "Buttons"))]
    assert labels == ["✅ Sources", "✅ Get help", "‹ More settings"]
    say(AUTHOR, f"/draft 1 {post(desk).revision.number} buttons quiz")
    assert post(desk).draft.buttons == ("sources", "help")


def test_buttons_are_put_below_and_taken_away_in_their_order(say: Chat, desk: Desk) -> None:
    ready(say)
    shown = more(say, "Buttons", "Quiz", "Sources")
    assert post(desk).draft.buttons == ("more", "quiz", "help", "wrong")
    pressed(say, shown, "Sources")
    assert post(desk).draft.buttons[0] == "sources"


def test_own_words_have_no_button_that_leads_nowhere(say: Chat, desk: Desk) -> None:
    asked = pressed(say, ready(say), "Text", "Write it")
    answered(say, asked, "Words of my own.")
    assert post(desk).draft.buttons == ("more", "share", "help", "wrong")
    shown = more(say, "Buttons")
    assert "cite the sources in the text" in shown.text
    assert "Sources" not in {each.label.split(" ", 1)[1] for each in buttons(shown)}


def test_another_language_keeps_the_type_and_the_buttons(say: Chat, desk: Desk) -> None:
    ready(say)
    more(say, "Type of post", "Service")
    pressed(say, say(AUTHOR, "/draft 1"), "Languages", "Tell it in اردو")
    draft = post(desk).draft
    assert (draft.language, draft.type) == ("ur", "service")
    assert draft.buttons == default_buttons("service", record=True)


def test_what_becomes_of_a_missed_time_is_chosen(say: Chat, desk: Desk) -> None:
    drafted(say)
    shown = more(say, "If it is late", "Ask us")
    assert "the moderators are asked" in shown.text
    assert post(desk).draft.if_missed is IfMissed.ASK
    shown = pressed(say, shown, "Send it late", "180 min")
    assert "180 minutes late" in shown.text
    told = answered(say, pressed(say, shown, "Type it"), "45 min")
    assert (post(desk).draft.grace_minutes, post(desk).draft.if_missed) == (45, IfMissed.SEND)
    for wrong in ("soon", "0", "1441"):
        told = answered(say, more(say, "If it is late", "Type it"), wrong)
        assert "is no number of minutes" in told.text and "as it was" in told.text
    assert post(desk).draft.grace_minutes == 45


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Quotes scripture", "Two people have to approve it"),
        ("Rapid response", "Two people have to approve it"),
        ("Link preview", "Better leave it off"),
    ],
)
def test_marks_say_what_they_entail_and_are_taken_away(
    say: Chat, desk: Desk, label: str, told: str
) -> None:
    drafted(say)
    before = post(desk).draft
    shown = more(say, label)
    assert told in shown.text and button(shown, label).label.startswith("✅")
    assert post(desk).draft.fingerprint != before.fingerprint
    assert told not in pressed(say, shown, label).text
    assert post(desk).draft == before


@pytest.mark.parametrize("step", ["more", "type", "buttons", "late"])
def test_every_button_fits(say: Chat, desk: Desk, step: str) -> None:
    ready(say)
    revision = post(desk).revision.number
    steps = actions(say.press(AUTHOR, f"draft 1 {revision} {step}"))
    assert steps and all(len(action.encode()) <= 56 for action in steps)


@pytest.mark.parametrize("line", ["type rumour", "buttons win", "late never", "flag x", "grace x"])
def test_forged_values_change_nothing(say: Chat, desk: Desk, line: str) -> None:
    drafted(say)
    revision = post(desk).revision.number
    assert say.press(AUTHOR, f"draft 1 {revision} {line}").text
    assert post(desk).revision.number == revision
