"""What the documentation lists is what there is."""

import re
import tomllib
from pathlib import Path

from bot.commands.table import COMMANDS
from bot.settings import PREFIX, ROOT, Settings

README = (ROOT / "README.md").read_text("utf8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf8")


def test_readme_lists_every_command_as_it_is_typed() -> None:
    listed = {line.replace("\\|", "|") for line in re.findall(r"^\| `(/[^`]+)` \|", README, re.M)}
    assert listed == {
        str(command).replace(" or record id", "") for command in COMMANDS if command.listed
    }


def test_readme_lists_every_setting() -> None:
    listed = set(re.findall(rf"^\| `({PREFIX}[A-Z_]+)` \|", README, re.M))
    assert listed == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_every_file_that_a_page_points_to_is_there() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "content/README.md"):
        text = (ROOT / page).read_text("utf8")
        for link in re.findall(r"\]\((?!https?://)([^)#]+)\)", text):
            assert (ROOT / Path(page).parent / link).exists(), f"{page} points to {link}"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))
    groups = project["dependency-groups"]
    listed = [*project["project"]["dependencies"], *groups["dev"], *groups["build"]]
    for requirement in listed:
        name = re.split(r"[\[<>=~ ]", requirement)[0]
        assert name in CONTRIBUTING, f"{name}: say in CONTRIBUTING.md what it is for"
