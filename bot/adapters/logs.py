"""Log format, what libraries may say, and the removal of secrets from whatever is said."""

import logging
import re
import time
from collections import deque
from collections.abc import Sequence
from typing import Literal

from pythonjsonlogger.json import JsonFormatter

# No word boundary before the digits: in a URL the token follows the word "bot" directly.
_TOKEN = re.compile(r"(\d{5,12}):[A-Za-z0-9_-]{10,}")
_PASSWORD = re.compile(r"""(://[^\s:/?#@"]*):[^\s/?#"]+@""")
HOUR = 3600.0
MOST_COUNTED = 10_000
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def redacted(text: str, secrets: Sequence[str] = ()) -> str:
    """`text` with passwords in URLs, the secret half of every bot token and `secrets` starred."""
    for secret in filter(None, secrets):
        text = text.replace(secret, "***")
    return _PASSWORD.sub(r"\1:***@", _TOKEN.sub(r"\1:***", text))


class TextFormatter(logging.Formatter):
    """`time level logger: event key=value ...`; tracebacks are redacted too."""

    def __init__(self, secrets: Sequence[str] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the library's name
        extra = (f" {k}={v}" for k, v in vars(record).items() if k not in _STANDARD)
        return super().formatMessage(record) + "".join(extra)

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record), self._secrets)


class RedactedJsonFormatter(JsonFormatter):
    def __init__(self, form: str, secrets: Sequence[str] = ()) -> None:
        super().__init__(form)
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record), self._secrets)


class ErrorCount(logging.Handler):
    """How many errors were logged within the last hour; what they say is not kept."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._at: deque[float] = deque(maxlen=MOST_COUNTED)

    def emit(self, record: logging.LogRecord) -> None:
        self._at.append(record.created)

    def count(self) -> int:
        since = time.time() - HOUR
        while self._at and self._at[0] < since:
            self._at.popleft()
        return len(self._at)


def set_up_logs(form: Literal["text", "json"], level: str, secrets: Sequence[str] = ()) -> None:
    """Log to standard error, wherever they come up without `secrets`.

    httpx stays quiet: it names URLs, and Telegram's hold the token.
    """
    handler = logging.StreamHandler()
    json = RedactedJsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s", secrets)
    handler.setFormatter(json if form == "json" else TextFormatter(secrets))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.raiseExceptions = False  # a malformed call would print its arguments as they are
    for chatty in ("httpx", "httpcore", "apscheduler", "alembic", "aiohttp.access", "telegram"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelName(level)))
