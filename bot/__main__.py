"""`wazahat` and `python -m bot`: parses arguments, nothing else."""

import argparse
import os
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.core.errors import BotError, ContentError, SettingsError, UsageError

FOUND_FAULTS, WRONG_USE, OUTSIDE_FAILED = 1, 2, 3
"""Exit codes other than 0, which is: done."""
FORMATS = ("json", "csv", "geojson", "claimreview", "icalendar", "sqlite")
"""Those of `bot.adapters.export`, which `--help` need not import."""
LARGEST_ID, LARGEST_PORT = 2**63 - 1, 65535


def main(arguments: Sequence[str] | None = None) -> int:
    os.environ["PTB_TIMEDELTA"] = "1"  # python-telegram-bot then gives waiting times as timedelta
    given = _parser().parse_args(arguments)
    if given.command == "demo":
        os.environ["no_proxy"] = "*"  # all that it talks to is its own, on this machine
    try:
        return int(_run(given))
    except UsageError as error:
        return _say(f"wazahat {given.command}: {error}", WRONG_USE)
    except SettingsError as error:
        return _say(f"Wrong settings:\n{error}", WRONG_USE)
    except ContentError as error:
        return _say(f"The content has faults:\n{error}", FOUND_FAULTS)
    except BotError as error:
        return _say(str(error), OUTSIDE_FAILED)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(given: argparse.Namespace) -> int:
    from bot import cli  # imports the whole bot, which `--help` need not wait for

    return getattr(cli, given.command)(given)  # type: ignore[no-any-return]


def _say(message: str, code: int) -> int:
    from bot.adapters.logs import redacted

    print(redacted(message), file=sys.stderr)  # noqa: T201
    return code


def _whole_number(least: int, most: int) -> Callable[[str], int]:
    """What argparse calls to read a number, and whose refusal it shows after the option's name."""

    def read(typed: str) -> int:
        if not (typed.isdecimal() and len(typed) <= len(str(most)) and least <= int(typed) <= most):
            raise ArgumentTypeError(f"{typed!r}: not a whole number from {least} to {most}")
        return int(typed)

    return read


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wazahat", description="Counter-narrative bot: short, sourced, honest briefs."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="the bot")
    demo = commands.add_parser("demo", help="the whole bot with no Telegram account")
    demo.add_argument("--once", action="store_true", help="end after the guided tour")
    port = _whole_number(0, LARGEST_PORT)
    demo.add_argument("--port", type=port, default=0, help="of the chat page (default: a free one)")
    ask = commands.add_parser("ask", help="what a reader would get")
    ask.add_argument("question", nargs="?")
    ask.add_argument("--lang", choices=("en", "ur"), default="en")
    ask.add_argument("--json", action="store_true", help="a line of JSON for each question")
    ask.add_argument("--batch", action="store_true", help='read {"q", "lang"} lines from stdin')
    check = commands.add_parser("check", help="look for faults in content files")
    check.add_argument(
        "path", nargs="?", type=Path, help="a folder, or one file in it (default: the content)"
    )
    check.add_argument("--json", action="store_true", help="an array of all faults")
    new = commands.add_parser("new", help="a new content file, to be filled in")
    new.add_argument("kind", help="organisations, attacks, events, narratives, topics ...")
    new.add_argument("id", help="its name: small letters, digits and hyphens")
    schema = commands.add_parser("schema", help="JSON Schemas, for completion in an editor")
    schema.add_argument("--mark", action="store_true", help="point each content file at its own")
    export = commands.add_parser("export", help="the content for other programs")
    export.add_argument("format", choices=(*FORMATS, "pack"))
    export.add_argument("folder", type=Path, metavar="DIR", help="filled; what else is there stays")
    export.add_argument(
        "--base-url", metavar="URL", help="for claimreview: an id is appended to it, as is"
    )
    db = commands.add_parser("db", help="the database").add_subparsers(dest="what", required=True)
    db.add_parser("upgrade", help="bring it to the newest version")
    backup = db.add_parser("backup", help="write a copy of it, while the bot may be running")
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = db.add_parser("restore", help="put a copy in its place; the bot is on hold then")
    restore.add_argument("file", type=Path, metavar="FILE")
    doctor = commands.add_parser("doctor", help="what is wrong with the set-up, and its cure")
    doctor.add_argument(
        "--head", metavar="NUMBER:HASH", help="an entry of the audit that was noted elsewhere"
    )
    post = commands.add_parser("post", help="what became of a post")
    post.add_argument("id", type=_whole_number(1, LARGEST_ID))
    post.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
