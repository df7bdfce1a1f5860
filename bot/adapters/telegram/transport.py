"""HTTP for python-telegram-bot on aiohttp, through the library's own seam for it.

Its default, httpx, costs several times more a call. What matters beside speed is that the ways in
which a call can fail stay told apart: a delivery's fate hangs on whether the request left.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any, cast
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

CONNECTIONS = 256
READ, WRITE, CONNECT, POOL = 5.0, 5.0, 5.0, 1.0
WRITE_FILES = 8.0
"""Seconds: for an answer, for the request, for a new connection, for a free one; the library's own
defaults but for a request with files. Together they stay below a delivery's lease of 20."""

NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientConnectorDNSError,
    aiohttp.ClientProxyConnectionError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)


class NeverLeft(NetworkError):
    """No connection: surely nothing was sent. Any other `NetworkError` leaves that open."""


class AiohttpRequest(BaseRequest):
    """One pool of connections. Proxies are taken from the environment, as elsewhere.

    They are looked up once a server: the library's own `trust_env` does so in a thread, twice, for
    every request.
    """

    connections = CONNECTIONS

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self.connections)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("AiohttpRequest: initialize() was not awaited")
        writing = WRITE_FILES if request_data and request_data.contains_files else WRITE
        connect, read = _given(connect_timeout, CONNECT), _given(read_timeout, READ)
        wait = _given(pool_timeout, POOL) + connect
        timeout = aiohttp.ClientTimeout(
            total=wait + read + _given(write_timeout, writing),
            connect=wait,
            sock_connect=connect,
            sock_read=read + _given(write_timeout, writing),
        )
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, proxy=self._proxy(url)
            ) as response:
                return response.status, await response.read()
        except NEVER_LEFT as error:
            raise NeverLeft(f"no connection: {_without_url(error)}") from error
        except TimeoutError as error:
            raise TimedOut("no answer in time") from error
        except aiohttp.ClientError as error:
            raise NetworkError(f"connection lost: {_without_url(error)}") from error

    def _proxy(self, url: str) -> str | None:
        scheme, _, rest = url.partition("://")
        host = rest.partition("/")[0]
        if host not in self._proxies:
            bypassed = proxy_bypass(host.partition(":")[0])
            proxy = None if bypassed else getproxies().get(scheme)
            if proxy and not proxy.startswith(("http://", "https://")):
                raise NeverLeft(f"{scheme}_proxy must be an http:// proxy: no other kind works")
            self._proxies[host] = proxy
        return self._proxies[host]


class PollingRequest(AiohttpRequest):
    """The one connection that updates come in by."""

    connections = 1


class SendingRequest(AiohttpRequest):
    """For everything else."""

    async def call(self, url: str, body: bytes) -> Any:
        """The result of a call whose parameters are JSON already.

        What is said often is put into JSON once, and neither our message nor Telegram's copy of it
        is turned into objects. Raises what every call of the library raises.
        """
        return await self.post(url, cast("RequestData", Ready(body)))


@dataclass(frozen=True, slots=True)
class Ready:
    """Parameters as JSON; stands where a `RequestData` would."""

    body: bytes
    contains_files: bool = False


def _given(timeout: Any, default: float) -> float:
    if isinstance(timeout, DefaultValue) or timeout is None:
        return default
    return float(timeout)


def _body(data: RequestData | None) -> Any:
    if data is None:
        return None
    if isinstance(data, Ready):
        return aiohttp.BytesPayload(data.body, content_type="application/json")
    if not data.contains_files:
        # yarl quotes in C, which urllib does letter by letter.
        encoded = URL.build(query=data.json_parameters).raw_query_string.encode()
        return aiohttp.BytesPayload(encoded, content_type="application/x-www-form-urlencoded")
    form = aiohttp.FormData(data.json_parameters)
    for name, (file_name, raw, content_type) in (data.multipart_data or {}).items():
        file = BytesIO(raw) if isinstance(raw, bytes) else raw
        form.add_field(name, file, filename=file_name, content_type=content_type)
    return form


def _without_url(error: Exception) -> str:
    """What went wrong without the address, which holds the token."""
    return type(error).__name__ if "bot" in str(error) else str(error)
