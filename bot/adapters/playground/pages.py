"""The chat page: who sits where, what they see, and the routes by which they act."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from aiohttp import web

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.checks import Json, Refusal
from bot.adapters.playground.guard import HEADERS, Handler, guarded
from bot.adapters.playground.menu import menu_for
from bot.adapters.playground.orders import ORDERS, send
from bot.adapters.playground.people import User
from bot.adapters.playground.stream import Stream
from bot.adapters.playground.view import shown, shown_event
from bot.adapters.playground.world import World

MOST_SHOWN = 200
#: Of an order whose body is a file.
NUMBERS = ("user", "chat", "reply")
FILES = {
    "/": "index.html",
    "/favicon.svg": "icon.svg",
    "/playground/style.css": "style.css",
    "/playground/app.js": "app.js",
    "/playground/bubble.js": "bubble.js",
    "/playground/composer.js": "composer.js",
    "/playground/net.js": "net.js",
    "/playground/offers.js": "offers.js",
    "/playground/pane.js": "pane.js",
    "/playground/poll.js": "poll.js",
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
        app.router.add_get("/playground/file/{file_id}", guarded(self.file))
        app.router.add_post("/playground/send", guarded(self.send))
        app.router.add_post("/playground/{order}", guarded(self.order))

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

    async def order(self, request: web.Request) -> web.Response:
        """What a person on a seat does; a refusal of Telegram's apps comes back as `error`."""
        run = ORDERS.get(request.match_info["order"])
        if run is None:
            raise web.HTTPNotFound
        order = await _order(request)
        user, chat = self._seated(order)
        try:
            return _json(run(user, chat, order))
        except (LookupError, ValueError, TypeError) as error:
            return _json({"error": str(error.args[0]) if error.args else "refused"}, 400)

    async def send(self, request: web.Request) -> web.Response:
        """A file: its bytes are the body, all else is in the query."""
        # A type that no page from elsewhere may post without asking first, as with JSON.
        if request.content_type != "application/octet-stream":
            raise web.HTTPUnsupportedMediaType(text="send application/octet-stream")
        try:
            order = _numbers(request.query)
            user, chat = self._seated(order)
            send(user, chat, order, await request.read())
        except Refusal as refusal:
            return _json({"error": refusal.description}, 400)
        except ValueError as error:
            return _json({"error": str(error)}, 400)
        return _json({})

    async def file(self, request: web.Request) -> web.Response:
        """A picture to see, any other file to save: nothing that a person sent is run here."""
        file = self.world.files.get(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        if file.kind == "Photo":
            # Its id is of its bytes, so that it never changes.
            kept = HEADERS | {"Cache-Control": "private, max-age=86400, immutable"}
            return web.Response(body=file.raw, content_type=file.media_type, headers=kept)
        saved = HEADERS | {"Content-Disposition": "attachment"}
        return web.Response(body=file.raw, content_type="application/octet-stream", headers=saved)

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
            "language": user.language if user and chat.is_private else "",
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


def _numbers(query: Mapping[str, str]) -> Json:
    return {name: int(value) if name in NUMBERS else value for name, value in query.items()}


def _json(body: Json, status: int = 200) -> web.Response:
    return web.json_response(body, status=status, headers=HEADERS)
