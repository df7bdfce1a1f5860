"""A look at the HTTP side from outside, for who examines the set-up."""

from enum import StrEnum

from aiohttp import ClientConnectionError, ClientConnectorError, ClientSession, ClientTimeout

PATIENCE = ClientTimeout(3)


class Listener(StrEnum):
    """Who listens on a port."""

    OURS = "ours"
    NOBODY = "nobody"
    OTHER = "other"


async def listener(listen: str) -> Listener:
    """Who listens on `host:port`; ours is who answers as we do when asked for its health."""
    try:
        async with (
            ClientSession(timeout=PATIENCE) as http,
            http.get(f"http://{listen}/healthz") as answer,
        ):
            ours = answer.status == 200 and await answer.text() == "ok"
            return Listener.OURS if ours else Listener.OTHER
    except ClientConnectorError:
        return Listener.NOBODY
    except (TimeoutError, ClientConnectionError, ValueError):
        return Listener.OTHER
