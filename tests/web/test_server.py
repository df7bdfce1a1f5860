"""The real server on loopback, asked by a real client."""

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NoReturn

import pytest
from aiohttp import ClientSession

from bot.adapters.web import server
from bot.adapters.web.server import HttpSide
from bot.commands.desk import Desk
from bot.core.errors import OutsideError, SettingsError
from tests.conftest import HOST
from tests.db.drafts import approved
from tests.export.test_icalendar import events_in
from tests.fakes.people import AUTHOR, Chat

WRONG = f"/calendar/{'x' * 43}.ics"


async def test_alive_before_ready_and_ready_with_a_desk(
    starting: HttpSide, port: int, desk: Desk
) -> None:
    async with ClientSession(f"http://{HOST}:{port}") as http:
        async with http.get("/healthz") as answer:
            assert (answer.status, await answer.text()) == (200, "ok")
        async with http.get("/readyz") as answer:
            assert (answer.status, "Bot API" in await answer.text()) == (503, True)
        async with http.get(WRONG) as answer:
            assert answer.status == 503
        async with starting.answering(lambda: desk), http.get("/readyz") as answer:
            assert (answer.status, await answer.text()) == (200, "ready")


async def test_a_database_that_fails_or_hangs_is_named_and_no_secret_of_it(
    starting: HttpSide,
    port: int,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    released = threading.Event()

    def fails(**_: bool) -> NoReturn:
        raise OutsideError("postgresql://user:hunter2@host/name")

    @contextmanager
    def hangs(**_: bool) -> Any:
        released.wait(20)
        yield

    monkeypatch.setattr(server, "ANSWERS_WITHIN", 0.05)
    now = desk
    async with starting.answering(lambda: now), ClientSession(f"http://{HOST}:{port}") as http:
        for broken in (fails, hangs):
            now = replace(desk, new_uow=broken)
            async with http.get("/readyz") as answer:
                assert (answer.status, await answer.text()) == (503, "not ready: database")
            async with http.get("/healthz") as answer:
                assert answer.status == 200
        released.set()
    assert "hunter2" not in caplog.text


async def test_a_calendar_is_fetched_and_parsed(
    http: ClientSession, address: Callable[[], str], desk: Desk
) -> None:
    post = approved(desk.new_uow, "@one")
    async with http.get(address()) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        raw = await answer.read()
    for mark in "\u2068\u2069":
        raw = raw.replace(mark.encode(), b"")
    [event] = [each for each in events_in(raw) if each["UID"].startswith("post-")]
    assert event["DESCRIPTION"].startswith(f"/post {post.id}\\n")


async def test_an_unchanged_calendar_is_not_sent_again(
    http: ClientSession, address: Callable[[], str], desk: Desk
) -> None:
    path = address()
    async with http.get(path) as answer:
        tag = answer.headers["ETag"]
    async with http.get(path, headers={"If-None-Match": tag}) as answer:
        assert (answer.status, await answer.read()) == (304, b"")
        assert answer.headers["ETag"] == tag
    approved(desk.new_uow, "@one")
    async with http.get(path, headers={"If-None-Match": tag}) as answer:
        assert answer.status == 200
        assert answer.headers["ETag"] != tag


async def test_what_leads_nowhere_is_answered_alike(
    http: ClientSession, address: Callable[[], str], say: Chat
) -> None:
    revoked = address()
    say(AUTHOR, "/feed off")
    paths = (revoked, WRONG, "/calendar/x.ics", "/calendar/", "/", "/nothing", "/calendar/%FF.ics")
    seen = set()
    for path in paths:
        async with http.get(path) as answer:
            headers = {k: v for k, v in answer.headers.items() if k != "Date"}
            seen.add((answer.status, await answer.text(), tuple(sorted(headers.items()))))
    async with http.post(revoked, data=b"x") as answer:
        seen.add((answer.status, await answer.text(), tuple(sorted(headers.items()))))
    assert [(status, text) for status, text, _ in seen] == [(404, "not found")]


async def test_headers_keep_it_out_of_proxies_and_indexes_and_name_no_version(
    http: ClientSession, address: Callable[[], str]
) -> None:
    for path in (address(), WRONG, "/healthz"):
        async with http.get(path) as answer:
            assert answer.headers["Cache-Control"] == "private, no-cache"
            assert "noindex" in answer.headers["X-Robots-Tag"]
            assert "Server" not in answer.headers


async def test_a_secret_is_in_no_log(
    http: ClientSession,
    address: Callable[[], str],
    port: int,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    path = address()
    secret = path.split("/")[-1].removesuffix(".ics")
    async with http.get(path) as answer:
        assert answer.status == 200
    assert "400" in await raw_answer(port, f"GET {path} HTTP/x\r\n\r\n")

    def breaks(*_: object) -> NoReturn:
        raise RuntimeError("of ours")

    monkeypatch.setattr(server, "calendar_file", breaks)
    async with http.get(path) as answer:
        assert (answer.status, await answer.text()) == (503, "not now")
    assert "of ours" in caplog.text
    assert secret not in caplog.text


async def raw_answer(port: int, text: str) -> str:
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(text.encode())
    answer = (await reader.read()).decode()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_who_asks_too_often_waits_and_health_does_not(
    http: ClientSession, address: Callable[[], str]
) -> None:
    path = address()
    for _ in range(server.MOST):
        async with http.get(WRONG) as answer:
            assert answer.status == 404
    for each in (WRONG, path):
        async with http.get(each) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (429, "60")
    async with http.get("/healthz") as answer:
        assert answer.status == 200


async def test_calendars_that_take_long_keep_nobody_from_learning_that_it_is_ready(
    http: ClientSession, address: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, begun, released = address(), threading.Event(), threading.Event()

    def slow(*_: object) -> None:
        begun.set()
        released.wait(20)

    monkeypatch.setattr(server, "agenda_behind", slow)
    waiting = [asyncio.create_task(status_of(http, path)) for _ in range(4)]
    await asyncio.to_thread(begun.wait, 5)
    assert await status_of(http, "/readyz") == 200
    assert not any(each.done() for each in waiting)
    released.set()
    assert await asyncio.gather(*waiting) == [404] * 4


async def test_a_calendar_that_takes_too_long_is_given_up(
    http: ClientSession, address: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    monkeypatch.setattr(server, "agenda_behind", lambda *_: released.wait(20) and None)
    monkeypatch.setattr(server, "CALENDAR_WITHIN", 0.05)
    assert await status_of(http, address()) == 503
    released.set()


async def status_of(http: ClientSession, path: str) -> int:
    async with http.get(path) as answer:
        return answer.status


async def test_a_port_in_use_names_the_setting_and_the_cure(starting: HttpSide, port: int) -> None:
    second = HttpSide()
    with pytest.raises(
        SettingsError, match=rf"^WAZAHAT_LISTEN: {HOST}:{port}: address already in use; .*name"
    ):
        await second.start(HOST, port)


async def test_a_host_that_is_not_ours_names_the_setting(port: int) -> None:
    with pytest.raises(SettingsError, match=r"^WAZAHAT_LISTEN: 192\.0\.2\.1:"):
        await HttpSide().start("192.0.2.1", port)


async def test_at_the_end_nothing_listens(starting: HttpSide, port: int, desk: Desk) -> None:
    async with starting.answering(lambda: desk):
        pass
    with pytest.raises(OSError, match="Connect call failed"):
        await raw_answer(port, "GET /healthz HTTP/1.1\r\n\r\n")
