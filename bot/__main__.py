"""`wazahat` and `python -m bot`: parses arguments, nothing else."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.core.errors import BotError, ContentError, SettingsError

FOUND_FAULTS, WRONG_USE, OUTSIDE_FAILED = 1, 2, 3
"""Exit codes other than 0, which is: done."""
FORMATS = ("json", "csv", "geojson", "claimreview", "icalendar", "sqlite")
"""Those of `bot.adapters.export`, which `--help` need not import."""


def main(arguments: Sequence[str] | None = None) -> int:
    os.environ["PTB_TIMEDELTA"] = "1"  # python-telegram-bot then gives waiting times as timedelta
    given = _parser().parse_args(arguments)
    try:
        return int(_run(given))
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
    print(message, file=sys.stderr)  # noqa: T201
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wazahat", description="Counter-narrative bot: short, sourced, honest briefs."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="the bot")
    demo = commands.add_parser("demo", help="the whole bot with no Telegram account")
    demo.add_argument("--once", action="store_true", help="end after the guided tour")
    demo.add_argument("--port", type=int, default=0, help="of the chat page (default: a free one)")
    ask = commands.add_parser("ask", help="what a reader would get")
    ask.add_argument("question", nargs="?")
    ask.add_argument("--lang", choices=("en", "ur"), default="en")
    ask.add_argument("--json", action="store_true", help="a line of JSON for each question")
    ask.add_argument("--batch", action="store_true", help='read {"q", "lang"} lines from stdin')
    check = commands.add_parser("check", help="look for faults in content files")
    check.add_argument("path", nargs="?", type=Path, help="default: the content of the settings")
    check.add_argument("--json", action="store_true", help="an array of all faults")
    new = commands.add_parser("new", help="a new content file, to be filled in")
    new.add_argument("kind", help="organisations, attacks, events, narratives, topics ...")
    new.add_argument("id", help="its name: small letters, digits and hyphens")
    schema = commands.add_parser("schema", help="JSON Schemas, for completion in an editor")
    schema.add_argument("--mark", action="store_true", help="point each content file at its own")
    export = commands.add_parser("export", help="the content for other programs")
    export.add_argument("format", choices=FORMATS)
    export.add_argument("folder", type=Path, metavar="DIR", help="filled; what else is there stays")
    export.add_argument(
        "--base-url", metavar="URL", help="for claimreview: an id is appended to it, as is"
    )
    db = commands.add_parser("db", help="the database").add_subparsers(dest="what", required=True)
    db.add_parser("upgrade", help="bring it to the newest version")
    post = commands.add_parser("post", help="what became of a post")
    post.add_argument("id", type=int)
    post.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
