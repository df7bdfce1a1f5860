"""Server-Sent Events: what happens, as it happens, and again from where a page left off."""

import asyncio
import json
from collections import deque

from aiohttp import web

from bot.adapters.playground.checks import Json

KEPT = 2000
BEHIND = 1000
HEARTBEAT = 15.0
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Stream:
    """Events carry ids `epoch-number`; a page that missed too many is told to start afresh."""

    def __init__(self, epoch: str) -> None:
        self.epoch = epoch
        self._number = 0
        self._kept: deque[tuple[int, bytes]] = deque(maxlen=KEPT)
        self._readers: set[asyncio.Queue[bytes | None]] = set()

    @property
    def last(self) -> str:
        return f"{self.epoch}-{self._number}"

    def send(self, event: Json) -> None:
        self._number += 1
        chunk = f"id: {self.last}\ndata: {json.dumps(event)}\n\n".encode()
        self._kept.append((self._number, chunk))
        for reader in self._readers:
            if reader.qsize() < BEHIND:
                reader.put_nowait(chunk)
            else:
                # Too slow: the connection ends, and the page comes back for what it missed.
                reader.put_nowait(None)

    def stop(self) -> None:
        for reader in self._readers:
            reader.put_nowait(None)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        after = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        response = web.StreamResponse(headers=HEADERS)
        response.content_type = "text/event-stream"
        reader: asyncio.Queue[bytes | None] = asyncio.Queue()
        missed = self._missed(after)
        self._readers.add(reader)
        try:
            await response.prepare(request)
            await response.write(b"retry: 1000\n\n" + missed)
            await self._pass_on(reader, response)
        except ConnectionError:
            pass
        finally:
            self._readers.discard(reader)
        return response

    async def _pass_on(
        self, reader: asyncio.Queue[bytes | None], response: web.StreamResponse
    ) -> None:
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT):
                    chunk = await reader.get()
            except TimeoutError:
                chunk = b": still here\n\n"
            if chunk is None:
                return
            await response.write(chunk)

    def _missed(self, after: str) -> bytes:
        epoch, _, number = after.partition("-")
        first = self._kept[0][0] if self._kept else self._number + 1
        if epoch != self.epoch or not number.isdigit() or int(number) + 1 < first:
            return f'id: {self.last}\ndata: {{"kind": "reset"}}\n\n'.encode()
        return b"".join(chunk for place, chunk in self._kept if place > int(number))
