"""Groups, events, narratives, topics, quizzes and campaigns as briefs."""

from collections.abc import Iterator

from bot.commands.briefs.telling import Layout, Piece, Telling, piece
from bot.commands.citing import labelled, lines
from bot.commands.dates import date_in
from bot.core.records import Campaign, Event, Narrative, Organisation, Quiz, Topic
from bot.core.replies import Span


def organisation(telling: Telling, group: Organisation) -> Iterator[Piece]:
    kind = telling.say(f"kind.{group.kind}")
    yield piece("title", telling.title(group, kind, italic=True))
    yield piece("summary", telling.paragraph(group.summary))
    yield piece("caution", telling.part("record.caution", group.caution))
    yield piece("harm", telling.part("group.harm", group.harm))
    yield piece("today", telling.part("group.today", group.today))
    yield piece("origin", telling.part("group.origin", group.origin, quotation=True))
    yield piece("ties", telling.parts("group.ties", group.ties, quotation=True))
    yield piece("listed", telling.parts("group.listed", group.listed, quotation=True))
    yield piece("disputed", telling.part("record.disputed", group.disputed, quotation=True))
    yield piece("article", telling.part("record.article", group.article, quotation=True))


def event(telling: Telling, event: Event) -> Iterator[Piece]:
    day = date_in(event.date, telling.desk, telling.language, event.precision)
    place = [telling.own(event.place)] if event.place else []
    yield piece("title", telling.title(event, " · ".join([day, *place])))
    yield piece("summary", telling.paragraph(event.summary))
    yield piece("when", labelled(telling.say("attack.when"), day))
    yield piece("article", telling.part("record.article", event.article, quotation=True))


def narrative(telling: Telling, narrative: Narrative) -> Iterator[Piece]:
    """The fact comes first and the claim second: nobody should remember the claim alone."""
    theme = telling.say(f"theme.{narrative.theme}")
    yield piece("title", telling.title(narrative, theme, italic=True))
    yield piece("summary", telling.paragraph(narrative.summary))
    verdict = telling.say(f"verdict.{narrative.verdict}")
    claim = labelled(telling.say("narrative.claim"), telling.prose(narrative.claim))
    yield piece("claim", claim, labelled(verdict, telling.prose(narrative.why_false)))
    yield piece("facts", telling.parts("narrative.facts", narrative.facts))
    yield piece("trick", telling.part("narrative.trick", narrative.trick))
    yield piece("limits", telling.part("narrative.limits", narrative.limits, quotation=True))
    yield piece("article", telling.part("record.article", narrative.article, quotation=True))


def topic(telling: Telling, topic: Topic) -> Iterator[Piece]:
    view = telling.say(f"view.{topic.view}")
    yield piece("title", telling.title(topic, view, italic=True))
    yield piece("summary", telling.paragraph(topic.summary))
    yield piece("points", telling.parts("topic.points", topic.points))
    yield piece("since", telling.part("topic.since", topic.since))
    yield piece("article", telling.part("record.article", topic.article, quotation=True))


def quiz(telling: Telling, quiz: Quiz) -> Iterator[Piece]:
    """What it is about and what it asks; the answers are for those who take it."""
    length = telling.say("quiz.length", n=len(quiz.questions))
    yield piece("title", telling.title(quiz, length, italic=True))
    yield piece("summary", telling.paragraph(quiz.summary))
    asked = ((Span(telling.own(each.question)),) for each in quiz.questions)
    yield piece("asked", lines(telling.say("quiz.questions"), asked))


def campaign(telling: Telling, campaign: Campaign) -> Iterator[Piece]:
    hashtag = "#" + telling.own(campaign.hashtag)
    yield piece("title", telling.title(campaign, hashtag, italic=True))
    yield piece("summary", telling.paragraph(campaign.summary))
    yield piece("goal", telling.part("campaign.goal", campaign.goal.text))
    yield piece("audience", telling.part("campaign.audience", campaign.audience))
    pillars = tuple(pillar.text for pillar in campaign.pillars)
    yield piece("pillars", telling.parts("campaign.pillars", pillars))
    yield piece("disclosure", telling.part("campaign.disclosure", campaign.disclosure))


ORGANISATION = Layout(
    organisation,
    front=("title", "summary", "caution", "today"),
    first={"when": ("origin",), "where": ("today",), "how many": ("harm",)},
)
EVENT = Layout(event, front=("title", "summary"), aside=("when",), first={"when": ("when",)})
NARRATIVE = Layout(
    narrative,
    front=("title", "summary", "claim"),
    first={"why": ("claim",), "how many": ("facts",)},
)
TOPIC = Layout(topic, front=("title", "summary"))
QUIZ = Layout(quiz, front=("title", "summary", "asked"))
CAMPAIGN = Layout(campaign, front=("title", "summary", "pillars", "disclosure"))
