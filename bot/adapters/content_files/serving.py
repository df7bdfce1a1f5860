"""The set that is served: it follows the folder, and never takes over a faulty one."""

import threading
from collections.abc import Callable

from bot.adapters.content_files.folder import Content, ContentFolder, Signatures
from bot.core.changes import News, changes_between, shrunk
from bot.core.errors import ContentError
from bot.core.faults import Fault


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

        A fault is told only once it was there at two looks, since a file may be half written, and
        then not again until the folder changes.
        """
        with self.lock:
            signatures = self.folder.signatures()
            if signatures == self._seen:
                return None
            news = self._take_over(signatures, confirmed=False)
            if news.faults and signatures != self._doubted:
                self._doubted = signatures
                return None
            self._seen, self._doubted, self.faults = signatures, None, news.faults
            return news

    def reload(self, *, confirmed: bool = False) -> News:
        """Look at once and tell whatever there is; `confirmed` lets a set shrink."""
        with self.lock:
            self._seen = self.folder.signatures()
            news = self._take_over(self._seen, confirmed=confirmed)
            self.faults = news.faults
            return news

    def _take_over(self, signatures: Signatures, *, confirmed: bool) -> News:
        before = self.content
        try:
            content = self.folder.load(signatures)
        except ContentError as error:
            return News(before.revision, faults=error.faults)
        lost = shrunk(before.library, content.library)
        if lost and not confirmed:
            return News(before.revision, faults=(_shrunk(lost),))
        self.content = content
        if content.revision != before.revision:
            self.taken_over(content)
        return News(content.revision, changes_between(before.library, content.library))


def _shrunk(lost: str) -> Fault:
    cure = "restore the files, or confirm with /reload confirm"
    return Fault("", 1, 1, "shrunk", "error", "", f"many records are gone: {lost}", cure)
