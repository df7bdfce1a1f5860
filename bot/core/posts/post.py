"""A post: its number and state over revisions that nobody can change."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.people import PersonId
from bot.core.posts.drafts import Draft
from bot.core.schedule import Repeating


class PostState(StrEnum):
    """A post is `sent` or `failed` when nothing of it is to come and no target waits any more."""

    DRAFT = "draft"
    REVIEW = "review"
    SCHEDULED = "scheduled"
    PAUSED = "paused"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Revision:
    """One version, as somebody wrote it. An edit is a new one."""

    number: int
    writer: PersonId
    at: datetime
    draft: Draft


@dataclass(frozen=True, slots=True)
class Approval:
    """`fingerprint` is what the reviewer was shown."""

    reviewer: PersonId
    at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post as it stands: the current revision, and the approvals of that revision.

    `writers` wrote any of its revisions. `reason` is why it came back, was cancelled or failed.
    """

    id: int
    author: PersonId
    state: PostState
    created_at: datetime
    revision: Revision
    writers: frozenset[PersonId]
    approvals: tuple[Approval, ...] = ()
    reason: str = ""

    @property
    def draft(self) -> Draft:
        return self.revision.draft

    @property
    def approvers(self) -> frozenset[PersonId]:
        """Those whose approval counts: who wrote none of it, and saw what would be sent now."""
        exact = self.draft.fingerprint
        valid = {each.reviewer for each in self.approvals if each.fingerprint == exact}
        return frozenset(valid - self.writers - {self.author})

    @property
    def people(self) -> frozenset[PersonId]:
        """Those who are told what becomes of it."""
        return self.writers | {self.author} | {each.reviewer for each in self.approvals}

    @property
    def has_times(self) -> bool:
        """Whether it repeats and is not over, so that single times of it can be changed."""
        over = self.state in (PostState.SENT, PostState.FAILED, PostState.CANCELLED)
        return isinstance(self.draft.schedule, Repeating) and not over

    @property
    def may_go_out(self) -> bool:
        """Whether what would be sent is what enough others approved."""
        enough = len(self.approvers) >= self.draft.reviewers
        return self.state is PostState.SCHEDULED and enough
