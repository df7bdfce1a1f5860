"""Results in words: what was to be reached, three levels, harm, and what the figures cannot say."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.core.posts import PROBLEMS
from bot.core.records import Campaign, Language
from bot.core.results import FEWEST, Result, Shown, shown
from bot.core.taps import BUTTONS, MORE
from bot.core.text import isolate


class Section(NamedTuple):
    title: str
    lines: tuple[str, ...]


def sections(found: Result, desk: Desk, language: Language) -> Iterator[Section]:
    """The report in `language`, a section for each level."""
    words = Words(found, desk, language)
    yield Section(words.title(), tuple(words.goal()))
    yield Section(words.say("results.awareness"), tuple(words.awareness()))
    yield Section(words.say("results.engagement"), tuple(words.engagement()))
    yield Section(words.say("results.impact"), (words.say("results.impact-said"),))
    yield Section(words.say("results.harm"), tuple(words.harm()))
    limits = words.say("results.limits-said", n=FEWEST)
    yield Section(words.say("results.limits"), (limits,))


def counted(count: Shown, desk: Desk, language: Language) -> str:
    """`at least 34`, or `fewer than 10`."""
    if count.count is None:
        return desk.say(language, "results.few", n=FEWEST)
    return desk.say(language, "results.at-least", n=count.count)


class Words:
    """The lines of one report in one language."""

    def __init__(self, found: Result, desk: Desk, language: Language) -> None:
        self.found, self.desk, self.language = found, desk, language
        record = desk.library.get(found.campaign)
        self.campaign = record if isinstance(record, Campaign) else None

    def say(self, key: str, **values: object) -> str:
        return self.desk.say(self.language, key, **values)

    def title(self) -> str:
        named = self.campaign and self.found.name == self.found.campaign
        name = self.campaign.name.in_language(self.language) if self.campaign and named else ""
        at = self.desk.local(self.found.asked_at)
        return self.say("results.title", name=name or isolate(self.found.name), when=at)

    def goal(self) -> Iterator[str]:
        """What the campaign was for; a single post has no goal of its own."""
        if self.campaign is None or self.found.name != self.found.campaign:
            return
        goal = self.campaign.goal
        yield self.say("results.goal", text=goal.text.in_language(self.language))
        name = self.say(f"results.metric.{goal.metric.replace(' ', '-')}")
        figure = self.found.measured(goal.metric)
        if figure is not None:
            values = {"figure": f"{figure:g}", "target": f"{goal.target:g}"}
            yield self.say("results.reached", metric=name, **values)
        elif goal.metric in ("brief opens", "help opens"):
            few = self.say("results.few", n=FEWEST)
            target = f"{goal.target:g}"
            yield self.say("results.reached", metric=name, figure=few, target=target)
        else:
            yield self.say("results.uncounted", metric=name)

    def awareness(self) -> Iterator[str]:
        sent = self.found.sent
        share = f"{100 * sent.sent / sent.ended:.0f} %" if sent.ended else "–"
        yield self.say("results.delivered", sent=sent.sent, due=sent.ended, share=share)
        if sent.late:
            values = {"n": sent.on_time, "of": len(sent.late), "minutes": sent.latest_minutes}
            yield self.say("results.on-time", **values)
        at = self.desk.local(self.found.asked_at)
        for base in self.found.bases:
            name = isolate(base.target)
            if base.members is None:
                yield self.say("results.no-members", target=name)
                continue
            members = shown(base.members).count or self.say("results.few", n=FEWEST)
            yield self.say("results.members", target=name, members=members, when=at)
        yield self.say("results.no-views")
        for post in self.found.posts:
            if post.views is not None:
                day = self.desk.local(post.views.at)
                views = post.views.figure
                yield self.say("results.views", id=post.id, views=views, when=day)

    def engagement(self) -> Iterator[str]:
        if not self.found.taps:
            yield self.say("results.no-links")
        else:
            yield from self._taps()
        if self.found.reactions is None:
            yield self.say("results.no-reactions")
        else:
            many = counted(shown(self.found.reactions), self.desk, self.language)
            yield self.say("results.reactions", counted=many, sent=self.found.sent.sent)

    def harm(self) -> Iterator[str]:
        harm, counts = self.found.harm, self.found.sent.counts
        yield self.say("results.reports", n=harm.reports)
        yield self.say("results.corrections", n=harm.corrections)
        yield self.say("results.holds", n=harm.holds)
        problems = ", ".join(f"{state}: {counts.get(state, 0)}" for state in PROBLEMS)
        yield self.say("results.problems", counts=isolate(problems))

    def _taps(self) -> Iterator[str]:
        sent = self.found.sent.sent
        for button in BUTTONS:
            count = self.found.tapped(button)
            many = counted(count, self.desk, self.language)
            if count.count is not None and sent:
                rate = f"{count.count / sent:.1f}"
                many = self.say("results.rate", counted=many, rate=rate, sent=sent)
            yield self.say(f"results.tap.{button}", counted=many)
        if self.found.days:
            first, last = (date_in(day, self.desk, self.language) for day in self.found.days)
            yield self.say("results.days", first=first, last=last)
        if len(self.found.taps) == 1:
            return
        for seq, taps in self.found.taps.items():
            opens = counted(shown(taps[MORE]), self.desk, self.language)
            yield self.say("results.of-post", n=seq, counted=opens)
        best = self.found.most_opened
        yield self.say("results.best", n=best) if best else self.say("results.no-best")
