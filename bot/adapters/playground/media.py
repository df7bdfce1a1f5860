"""A file as a call names it: uploaded with it, attached under a name, or known by its id."""

from typing import Any

from bot.adapters.playground.checks import Params, Upload, bad
from bot.adapters.playground.shelf import File
from bot.adapters.playground.world import World

ATTACHED = "attach://"
KINDS = {"photo": "Photo", "document": "Document"}


def sent_file(world: World, params: Params, kind: str) -> File:
    """The file under `kind` (`photo`, `document`) of a call that sends one."""
    return named_file(world, params, params.get(kind), kind, f"there is no {kind} in the request")


def named_file(world: World, params: Params, given: Any, kind: str, missing: str) -> File:
    """The file that `given` means, its upload taken in; `missing` is what a lack of it is told.

    The stand-in fetches nothing from elsewhere, so an address is one that cannot be fetched.
    """
    if isinstance(given, str) and given.startswith(ATTACHED):
        given = params.get(given.removeprefix(ATTACHED))
        if not isinstance(given, Upload):
            raise bad(missing)
    if isinstance(given, Upload):
        if kind == "photo":
            return world.files.keep_photo(given.content)
        return world.files.keep_document(given.content, given.name)
    if not given:
        raise bad(missing)
    return known_file(world, str(given), kind)


def known_file(world: World, file_id: str, kind: str) -> File:
    """The file with this id, which must be of this kind."""
    if file_id.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    file = world.files.get(file_id)
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if file.kind != KINDS[kind]:
        raise bad(f"can't use file of type {file.kind} as {KINDS[kind]}")
    return file
