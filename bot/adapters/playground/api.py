"""The HTTP face of the Bot API: /bot<token>/<method>, however the parameters are sent."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hmac import compare_digest
from typing import Any

from aiohttp import web

from bot.adapters.playground.checks import Params, Refusal, Upload, bad
from bot.adapters.playground.faults import Fault, Faults
from bot.adapters.playground.flood import Flood
from bot.adapters.playground.methods import METHODS
from bot.adapters.playground.polling import Polling
from bot.adapters.playground.world import World

MOST_CALLS = 10_000
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
JSON_TYPE = {"Content-Type": "application/json"}
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: method as named in the path, parameters as they came, when it came."""

    method: str
    params: Params
    at: float


class BotApi:
    """Answers calls over a world. `on_call` hears of each call after it is written down."""

    def __init__(self, world: World, token: str, on_call: Callable[[], None]) -> None:
        self.world = world
        self.polling = Polling(world)
        self.faults = Faults()
        self.flood: Flood | None = None
        self.calls: deque[Call] = deque(maxlen=MOST_CALLS)
        self.released = asyncio.Event()
        self._token = token.encode()
        self._on_call = on_call

    async def handle(self, request: web.Request) -> web.Response:
        try:
            result = await self._result(request)
        except Refusal as refusal:
            return _answer(refusal.code, refusal.body())
        return _answer(200, {"ok": True, "result": result})

    async def _result(self, request: web.Request) -> Any:
        token, name = request.match_info["token"], request.match_info["method"]
        if not compare_digest(token.encode("utf-8", "replace"), self._token):
            raise Refusal(401, "Unauthorized")
        if name.lower() not in METHODS and name.lower() != "getupdates":
            raise Refusal(404, "Not Found")
        params = await read_params(request)
        self.calls.append(Call(name, params, self.world.clock()))
        self._on_call()
        fault = self.faults.next_for(name)
        if fault is None:
            return await self._run(name, params)
        return await self._disturbed(fault, request, name, params)

    async def _run(self, name: str, params: Params) -> Any:
        method = METHODS.get(name.lower())
        if method is None:
            return await self.polling.get_updates(params)
        if method.floods and self.flood is not None:
            chat = self.world.find_chat(params.text("chat_id").strip())
            self.flood.check(chat.id if chat else None, self.world.clock())
        return method.run(self.world, params)

    async def _disturbed(
        self, fault: Fault, request: web.Request, name: str, params: Params
    ) -> Any:
        if fault.refusal is not None:
            raise fault.refusal
        result = await self._run(name, params) if fault.taken else None
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
            return result if fault.taken else await self._run(name, params)
        if fault.kind == "hang":
            await self.released.wait()
        if request.transport is not None:
            request.transport.abort()
        return result


async def read_params(request: web.Request) -> Params:
    """Query and body together; what the body says counts."""
    params = Params(request.query if request.query_string else ())
    if not request.body_exists:
        return params
    kind = request.content_type
    if kind == FORM:
        params.update(_form(request, await request.read()))
    elif kind == "application/json":
        params.update(_json_object(await request.read()))
    elif kind == "multipart/form-data":
        for name, value in (await request.post()).items():
            params[name] = _upload(value) if isinstance(value, web.FileField) else value
    return params


def _form(request: web.Request, body: bytes) -> Iterator[tuple[str, str]]:
    # Read as a query: aiohttp's own reader of these is ten times as fast as urllib's.
    text = body.decode("utf-8", "replace")
    yield from request.url.build(path="/", query_string=text, encoded=True).query.items()


def _upload(field: web.FileField) -> Upload:
    with field.file as file:
        return _same(Upload(field.filename, file.read()))


@lru_cache(maxsize=16)
def _same(upload: Upload) -> Upload:
    """One and the same object for equal files: the calls kept hold a card sent to many once."""
    return upload


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body or b"{}")
    except ValueError:
        raise bad("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad("JSON object expected as request")
    return values


def _answer(status: int, body: dict[str, Any]) -> web.Response:
    text = ENCODER.encode(body).encode("utf-8", "replace")
    return web.Response(body=text, status=status, headers=JSON_TYPE)
