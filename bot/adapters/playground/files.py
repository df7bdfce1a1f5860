"""Files that people send: kept by id, told by `getFile`, fetched below `/file/bot<token>/`."""

from hmac import compare_digest

from aiohttp import web

from bot.adapters.playground.checks import Json, Params, bad
from bot.adapters.playground.world import World

LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""Bytes: a bot may not fetch more from Telegram's own servers."""


def get_file(world: World, params: Params) -> Json:
    file_id = params.text("file_id")
    if file_id not in world.files:
        raise bad("invalid file_id")
    size = len(world.files[file_id])
    if size > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    unique = {"file_id": file_id, "file_unique_id": file_id}
    return {**unique, "file_size": size, "file_path": f"documents/{file_id}"}


class Downloads:
    """The route by which a bot fetches what `getFile` told it of."""

    def __init__(self, world: World, token: str) -> None:
        self._world = world
        self._token = token.encode()

    async def handle(self, request: web.Request) -> web.Response:
        token = request.match_info["token"].encode("utf-8", "replace")
        raw = self._world.files.get(request.match_info["file_id"])
        if raw is None or not compare_digest(token, self._token):
            raise web.HTTPNotFound
        return web.Response(body=raw, content_type="application/octet-stream")
