"""Groups, events, narratives, topics, quizzes and campaigns as briefs."""

from collections.abc import Iterator

from bot.commands.briefs.telling import Telling
from bot.commands.citing import labelled, lines
from bot.commands.dates import date_in
from bot.core.records import Campaign, Event, Narrative, Organisation, Quiz, Topic
from bot.core.replies import Block, Span


def organisation(telling: Telling, group: Organisation) -> Iterator[Block]:
    yield telling.title(group, telling.say(f"kind.{group.kind}"), italic=True)
    yield telling.paragraph(group.summary)
    yield from telling.part("record.caution", group.caution)
    yield from telling.part("group.harm", group.harm)
    yield from telling.part("group.today", group.today)
    yield from telling.part("group.origin", group.origin, quotation=True)
    yield from telling.parts("group.ties", group.ties, quotation=True)
    yield from telling.parts("group.listed", group.listed, quotation=True)
    yield from telling.part("record.disputed", group.disputed, quotation=True)
    yield from telling.part("record.article", group.article, quotation=True)


def event(telling: Telling, event: Event) -> Iterator[Block]:
    day = date_in(event.date, telling.desk, telling.language, event.precision)
    place = [telling.own(event.place)] if event.place else []
    yield telling.title(event, " · ".join([day, *place]))
    yield telling.paragraph(event.summary)
    yield from telling.part("record.article", event.article, quotation=True)


def narrative(telling: Telling, narrative: Narrative) -> Iterator[Block]:
    """The fact comes first and the claim second: nobody should remember the claim alone."""
    yield telling.title(narrative, telling.say(f"theme.{narrative.theme}"), italic=True)
    yield telling.paragraph(narrative.summary)
    verdict = telling.say(f"verdict.{narrative.verdict}")
    yield labelled(telling.say("narrative.claim"), telling.prose(narrative.claim))
    yield labelled(verdict, telling.prose(narrative.why_false))
    yield from telling.parts("narrative.facts", narrative.facts)
    yield from telling.part("narrative.trick", narrative.trick)
    yield from telling.part("narrative.limits", narrative.limits, quotation=True)
    yield from telling.part("record.article", narrative.article, quotation=True)


def topic(telling: Telling, topic: Topic) -> Iterator[Block]:
    yield telling.title(topic, telling.say(f"view.{topic.view}"), italic=True)
    yield telling.paragraph(topic.summary)
    yield from telling.parts("topic.points", topic.points)
    yield from telling.part("topic.since", topic.since)
    yield from telling.part("record.article", topic.article, quotation=True)


def quiz(telling: Telling, quiz: Quiz) -> Iterator[Block]:
    """What it is about and what it asks; the answers are for those who take it."""
    yield telling.title(quiz, telling.say("quiz.length", n=len(quiz.questions)), italic=True)
    yield telling.paragraph(quiz.summary)
    asked = ((Span(telling.own(each.question)),) for each in quiz.questions)
    yield lines(telling.say("quiz.questions"), asked)


def campaign(telling: Telling, campaign: Campaign) -> Iterator[Block]:
    yield telling.title(campaign, telling.own(campaign.hashtag), italic=True)
    yield telling.paragraph(campaign.summary)
    yield from telling.part("campaign.goal", campaign.goal.text)
    yield from telling.part("campaign.audience", campaign.audience)
    pillars = tuple(pillar.text for pillar in campaign.pillars)
    yield from telling.parts("campaign.pillars", pillars)
    yield from telling.part("campaign.disclosure", campaign.disclosure)
