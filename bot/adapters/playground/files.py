"""`getFile`, and the route below `/file/bot<token>/` by which a bot fetches what it told."""

from hmac import compare_digest

from aiohttp import web

from bot.adapters.playground.checks import Json, Params, bad
from bot.adapters.playground.world import World

LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""Bytes: a bot may not fetch more from Telegram's own servers."""


def get_file(world: World, params: Params) -> Json:
    file = world.files.get(params.text("file_id"))
    if file is None:
        raise bad("invalid file_id")
    if len(file.raw) > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    ids = {"file_id": file.file_id, "file_unique_id": file.unique_id}
    return {**ids, "file_size": len(file.raw), "file_path": file.path}


class Downloads:
    """The route by which a bot fetches what `getFile` told it of."""

    def __init__(self, world: World, token: str) -> None:
        self._world = world
        self._token = token.encode()

    async def handle(self, request: web.Request) -> web.Response:
        token = request.match_info["token"].encode("utf-8", "replace")
        folder, file_id = request.match_info["folder"], request.match_info["file_id"]
        file = self._world.files.get(file_id)
        known = file is not None and file.path == f"{folder}/{file_id}"
        if file is None or not known or not compare_digest(token, self._token):
            raise web.HTTPNotFound
        return web.Response(body=file.raw, content_type="application/octet-stream")
