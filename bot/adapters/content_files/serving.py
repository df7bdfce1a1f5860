"""The set that is served: it follows the folder, and never takes over a faulty one."""

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import get_args

from bot.adapters.content_files.folder import Content, ContentFolder, Signatures
from bot.core.changes import News, changes_between, shrunk
from bot.core.errors import ContentError
from bot.core.faults import Fault
from bot.core.records import Language


class Serving:
    """The last good set of a folder. Its methods may be called from any thread.

    `taken_over` is called with each new set before the method that found it returns.
    """

    def __init__(self, folder: ContentFolder) -> None:
        """Raises `ContentError` where the folder holds no good set to begin with.

        The wording of that first set is judged only by `judged()`, since readers would wait for
        it; every later change is judged before it is served.
        """
        self.folder = folder
        self.content = folder.load(worded=False)
        self.faults: tuple[Fault, ...] = ()
        self.taken_over: Callable[[Content], None] = lambda _: None
        self.lock = threading.RLock()
        self._seen = folder.signatures()
        self._doubted: Signatures | None = None

    def judged(self) -> News:
        """The errors of wording in the set that is served."""
        with self.lock:
            found = self.folder.wording(self.content.library)
            self.faults = tuple(fault for fault in found if fault.severity == "error")
            return News(self.content.revision, faults=self.faults)

    def look(self) -> News | None:
        """Take over what changed on disk, if anything did; None where there is nothing to tell.

        What has a fault or lacks a record counts only once it was there at two looks, since a file
        may be half written or about to be replaced. A fault is told once, until the folder changes.
        """
        with self.lock:
            signatures = self.folder.signatures()
            if signatures == self._seen:
                return None
            content, news = self._found(signatures)
            worse = news.faults or any(each.what == "removed" for each in news.changes)
            if worse and signatures != self._doubted:
                self._doubted = signatures
                return None
            self._seen, self._doubted = signatures, None
            self._take_over(content, news)
            return news

    def reload(
        self, *, confirmed: bool = False, instead: Mapping[str, bytes | None] | None = None
    ) -> News:
        """Look at once and tell whatever there is; `confirmed` lets a set shrink.

        So does somebody's own write, but by what that write takes away and no more: `instead` has
        the files that it replaced, as they were before it.
        """
        with self.lock:
            self._seen = self.folder.signatures()
            content, news = self._found(self._seen, confirmed=confirmed, instead=instead)
            self._take_over(content, news)
            return news

    def _found(
        self,
        signatures: Signatures,
        *,
        confirmed: bool = False,
        instead: Mapping[str, bytes | None] | None = None,
    ) -> tuple[Content, News]:
        """The set to serve from now on, and what there is to tell of it."""
        before = self.content
        try:
            content = self.folder.load(signatures)
        except ContentError as error:
            return before, News(before.revision, faults=error.faults)
        lost = "" if confirmed else "; ".join(_lost(before, content))
        if lost and instead is not None:
            unwritten, _ = self.folder.inspected(instead, signatures, worded=False)
            lost = "; ".join(_lost(before, unwritten))
        if lost:
            return before, News(before.revision, faults=(_shrunk(lost),))
        changes = changes_between(before.library, content.library)
        return content, News(content.revision, changes)

    def _take_over(self, content: Content, news: News) -> None:
        before, self.content, self.faults = self.content, content, news.faults
        if content.revision != before.revision:
            self.taken_over(content)


def _lost(before: Content, after: Content) -> Iterator[str]:
    """What may vanish only if somebody confirms it: many records, a language, an English phrase."""
    if lost := shrunk(before.library, after.library):
        yield lost
    for language in get_args(Language):
        had, has = before.phrases.keys(language), after.phrases.keys(language)
        if had and not has:
            yield f"phrases/{language}.yaml is gone"
        elif language == "en" and had - has:
            yield f"phrases: {', '.join(sorted(had - has)[:5])}"


def _shrunk(lost: str) -> Fault:
    cure = "restore the files, or confirm with /reload confirm"
    return Fault("", 1, 1, "shrunk", "error", "", f"many records are gone: {lost}", cure)
