"""The chat page: who sits where, what they see, and the routes by which they speak and press.

Only a page that this server itself served may use these routes: the Host must be loopback and
a foreign Origin is turned away, so that no web page from elsewhere can drive the chats.
"""

import json
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from aiohttp import web

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.checks import Json
from bot.adapters.playground.menu import menu_for
from bot.adapters.playground.people import User
from bot.adapters.playground.stream import Stream
from bot.adapters.playground.view import shown, shown_event
from bot.adapters.playground.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
MOST_SHOWN = 200
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
FILES = {
    "/": "index.html",
    "/favicon.svg": "icon.svg",
    "/playground/style.css": "style.css",
    "/playground/app.js": "app.js",
    "/playground/bubble.js": "bubble.js",
    "/playground/composer.js": "composer.js",
    "/playground/net.js": "net.js",
    "/playground/pane.js": "pane.js",
    "/playground/text.js": "text.js",
}
TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Seat:
    """Who looks at a chat, and acts there; without a user the chat is only read."""

    chat_id: int
    title: str
    user_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pane:
    """A column of the page; with several seats it has a switch between them."""

    title: str
    seats: tuple[Seat, ...]


class Page:
    """`layout` empty: made of the world as it stands when the page is opened."""

    def __init__(self, world: World, layout: Sequence[Pane] = ()) -> None:
        self.world = world
        self.layout = tuple(layout)
        self.stream = Stream(secrets.token_hex(4))
        self._watched: frozenset[int] = frozenset()
        world.listeners.append(self._on_event)

    def add_routes(self, app: web.Application) -> None:
        for path, name in FILES.items():
            app.router.add_get(path, guarded(_file(name)))
        app.router.add_get("/playground/state", guarded(self.state))
        app.router.add_get("/playground/events", guarded(self.stream.serve))
        app.router.add_post("/playground/say", guarded(self.say))
        app.router.add_post("/playground/press", guarded(self.press))

    def stop(self) -> None:
        self.stream.stop()

    def panes(self) -> Sequence[Pane]:
        return self.layout or default_layout(self.world)

    async def state(self, _: web.Request) -> web.Response:
        """All that the page shows, and the event from which the stream goes on."""
        panes = self.panes()
        self._watched = frozenset(seat.chat_id for pane in panes for seat in pane.seats)
        state = {
            "after": self.stream.last,
            "bot": self.world.bot.json(),
            "panes": [
                {"title": pane.title, "seats": [self._seat(seat) for seat in pane.seats]}
                for pane in panes
            ],
            "chats": {
                str(id_): [shown(m) for m in self.world.chats[id_].messages[-MOST_SHOWN:]]
                for id_ in self._watched
            },
        }
        return _json(state)

    async def say(self, request: web.Request) -> web.Response:
        order = await _order(request)
        user, chat = self._seated(order)
        try:
            user.says(str(order.get("text", "")), chat)
        except ValueError as error:
            return _json({"error": str(error)}, 400)
        return _json({})

    async def press(self, request: web.Request) -> web.Response:
        order = await _order(request)
        user, chat = self._seated(order)
        message = chat.history.get(int(order.get("message", 0)))
        if message is None:
            return _json({"error": "This message is gone."}, 400)
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        try:
            button = rows[int(order["row"])][int(order["column"])]
            press = self.world.press(user, message, button["callback_data"])
        except (LookupError, ValueError, TypeError):
            return _json({"error": "This button is gone: the message has changed."}, 400)
        return _json({"press": press.id})

    def _seat(self, seat: Seat) -> Json:
        chat = self.world.chats[seat.chat_id]
        user = self.world.users.get(seat.user_id or 0)
        return {
            "chat": chat.id,
            "user": seat.user_id,
            "title": seat.title,
            "note": seat.note,
            "kind": chat.type,
            "address": f"@{chat.username}" if chat.username and not chat.is_private else "",
            "writes": user is not None and not chat.is_channel,
            "menu": menu_for(self.world, chat, user) if user and not chat.is_channel else [],
        }

    def _seated(self, order: Json) -> tuple[User, Chat]:
        """The person and the chat of an order, which must sit together somewhere in the layout."""
        for pane in self.panes():
            for seat in pane.seats:
                if seat.user_id and (seat.user_id, seat.chat_id) == (
                    order.get("user"),
                    order.get("chat"),
                ):
                    return self.world.users[seat.user_id], self.world.chats[seat.chat_id]
        raise web.HTTPForbidden(text="nobody sits there")

    def _on_event(self, kind: str, chat: Chat | None, payload: Any) -> None:
        # Nobody looked yet, or not here: a bot that writes to thousands pays nothing for the page.
        if self._watched and (chat is None or chat.id in self._watched):
            event = shown_event(kind, chat, payload)
            if event is not None:
                self.stream.send(event)


def default_layout(world: World) -> tuple[Pane, ...]:
    """The first person in a pane of their own, the other people, then channels and groups."""
    people = [user for user in world.users.values() if not user.is_bot]
    public = [chat for chat in world.chats.values() if not chat.is_private]
    rows = [
        [Seat(user.id, user.name, user.id) for user in people[:1]],
        [Seat(user.id, user.name, user.id) for user in people[1:9]],
        [_public_seat(chat, people) for chat in public[:8]],
    ]
    return tuple(Pane(seats[0].title, tuple(seats)) for seats in rows if seats)


def _public_seat(chat: Chat, people: list[User]) -> Seat:
    return Seat(chat.id, chat.title, people[0].id if people else None)


def guarded(handler: Handler) -> Handler:
    async def guard(request: web.Request) -> web.StreamResponse:
        host = request.host.rpartition(":")[0] if ":" in request.host else request.host
        origin = request.headers.get("Origin")
        foreign = request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
        if host not in LOOPBACK or foreign or origin not in (None, f"http://{request.host}"):
            raise web.HTTPForbidden(text="open this page at http://127.0.0.1 on the same machine")
        return await handler(request)

    return guard


def _file(name: str) -> Handler:
    async def serve(_: web.Request) -> web.StreamResponse:
        body = (files(__package__) / "page" / name).read_bytes()
        kind = TYPES[name.rpartition(".")[2]]
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=HEADERS)

    return serve


async def _order(request: web.Request) -> Json:
    # A form from elsewhere can be posted without asking first; JSON cannot.
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="send application/json")
    try:
        order = json.loads(await request.read())
    except ValueError:
        order = None
    if not isinstance(order, dict):
        raise web.HTTPBadRequest(text="send a JSON object")
    return order


def _json(body: Json, status: int = 200) -> web.Response:
    return web.json_response(body, status=status, headers=HEADERS)
