"""A broken file is told by its name, line and field, and nothing is loaded."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters.content_files import load_content
from bot.adapters.content_files.files import parsed
from bot.core.errors import ContentError
from bot.core.records import Attack
from tests.content.files import ATTACK, ATTACK_FILE, FILES, GROUP, GROUP_FILE, Folder
from tests.fakes.growth import MORE_THAN_IN_STEP, growth


def telling(root: Path) -> Callable[[], object]:
    """What telling the fault of the attack's file, as it is now, takes."""
    raw = (root / ATTACK_FILE).read_bytes()
    return lambda: parsed(ATTACK_FILE, raw)


def test_a_sound_folder_loads(folder: Folder) -> None:
    content = load_content(folder.root)
    assert set(content.library.records) == {"some-group", "some-attack"}
    assert content.stop_words == {"who what"}


def test_the_revision_changes_when_a_file_does(folder: Folder) -> None:
    before = load_content(folder.root).revision
    assert load_content(folder.root).revision == before
    folder.write("sources.yaml", FILES["sources.yaml"] + "# a remark\n")
    assert load_content(folder.root).revision != before


@pytest.mark.parametrize(
    ("file", "before", "after", "field", "told"),
    [
        (ATTACK_FILE, "en: Somewhere", "en: no", "place.name.en", "string"),
        (ATTACK_FILE, "en: police", "en: 12", "tolls.0.by.en", "string"),
        (ATTACK_FILE, "en: police", "en: 012", "tolls.0.by.en", "nor text: '012'"),
        (ATTACK_FILE, "en: Some attack", "en: 2017-02-16", "name.en", "string"),
        (ATTACK_FILE, "date: 2017-02-16", 'date: "16 February"', "date", "date"),
        (ATTACK_FILE, "low: 3", "low: three", "tolls.0.low", "integer"),
        (ATTACK_FILE, "low: 3", "low: 3.0", "tolls.0.low", "integer"),
        (ATTACK_FILE, "low: 3", "low: 1000001", "tolls.0.low", "equal to 1000000"),
        (ATTACK_FILE, "low: 3", "low: 3\n    high: 1000001", "tolls.0.high", "equal to 1000000"),
        (ATTACK_FILE, "low: 3", "low: -3", "tolls.0.low", "greater than or equal to 0"),
        (ATTACK_FILE, "low: 3", "low: 3\n    high: 3", "tolls.0", "above low"),
        (ATTACK_FILE, "lat: 25.0", "lat: 67.0", "place.lat", "less than or equal to 38"),
        (ATTACK_FILE, "province: Sindh", "province: Sind", "place.province", "'Sindh'"),
        (ATTACK_FILE, "of: killed", "of: missing", "tolls.0.of", "'killed'"),
        (ATTACK_FILE, "[paper]\nresp", "[]\nresp", "claims.0.sources", "at least 1"),
        (ATTACK_FILE, "  en: Pilgrims [@paper].", "  ur: زائرین", "victims.en", "missing"),
        (ATTACK_FILE, "victims:", "victim:", "victim", "no such field"),
        (ATTACK_FILE, "related: [some-group]", "related: [no-group]", "related.0", "'no-group'"),
        (ATTACK_FILE, "by: some-group", "by: no-group", "claims.0.by", "'no-group'"),
        (ATTACK_FILE, "by: some-group", "by: some-attack", "claims.0.by", "not an organisation"),
        (ATTACK_FILE, "[paper]\nclaims", "[other]\nclaims", "tolls.0.sources", "'other'"),
        (ATTACK_FILE, "happened [@paper].", "happened [@other].", "summary.en", "'other'"),
        (ATTACK_FILE, "status: claimed", "status: unknown", "responsibility.status", "'claimed'"),
        (ATTACK_FILE, "[some-group]", "[some-group, some-group]", "related", "twice"),
        (GROUP_FILE, "kind: armed group", "kind: gang", "kind", "'armed group'"),
        (GROUP_FILE, "kind:", "branch_of: none\nkind:", "branch_of", "'none'"),
        (GROUP_FILE, "aliases: [The group]", "aliases: The group", "aliases", "tuple"),
        (GROUP_FILE, "aliases: [The group]", "alias: [The group]", "alias", "no such field"),
        ("sources.yaml", "publisher: The Paper", "publisher: 7", "paper.publisher", "string"),
        ("sources.yaml", "https://example.org/a", "example.org", "paper.url", "URL"),
        ("phrases/en.yaml", "hello: Hello", "hello: no", "hello", "string"),
    ],
)  # fmt: skip
def test_a_fault_names_its_file_line_and_field(
    folder: Folder, file: str, before: str, after: str, field: str, told: str
) -> None:
    line = folder.change(file, before, after)
    faults = [each for each in folder.faults() if each.field.startswith(field)]
    assert faults, folder.faults()
    assert {each.file for each in faults} == {file}
    assert any(told in each.message for each in faults), faults
    assert any(abs(each.line - line) <= 1 for each in faults), faults
    assert all(each.cure and each.column > 0 for each in faults)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("name: [a\nkind: b\n", 2, "not YAML"),
        ("name: a\n\tkind: b\n", 2, "not YAML"),
        ("name: a: b\n", 1, "not YAML"),
        ("name: {en: a}\nname: *nobody\n", 2, "anchors"),
        (b"name: \xff\xfe\n", 1, "not UTF-8"),
        ("name: \x07\n", 1, "not YAML"),
        ("", 1, "valid dictionary"),
        ("just a line\n", 1, "valid dictionary"),
        ("- a\n- b\n", 1, "valid dictionary"),
        ("!!python/object/apply:os.getcwd []\n", 1, "not YAML"),
    ],
)
@pytest.mark.parametrize("file", [ATTACK_FILE, "sources.yaml", "phrases/en.yaml"])
def test_a_file_that_is_no_mapping_is_told(
    folder: Folder, file: str, text: str | bytes, line: int, told: str
) -> None:
    folder.write(file, text)
    fault = next(each for each in folder.faults() if each.file == file)
    assert fault.line == line
    assert told in fault.message or "dict" in fault.message


def test_the_place_is_that_of_the_field(folder: Folder) -> None:
    line = folder.change(ATTACK_FILE, "    low: 3", "    low: three")
    [fault] = folder.faults()
    assert (fault.line, fault.column, fault.field) == (line, 5, "tolls.0.low")
    assert "(found 'three')" in fault.message
    assert str(fault).startswith(f"{ATTACK_FILE}:{line}:5: wrong-type: tolls.0.low: ")


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        ("045", "without leading zeros"),
        ("-007", "without leading zeros"),
        ("00", "without leading zeros"),
        ("0x1F", "in plain digits"),
        ("0b11", "in plain digits"),
        ("1_00", "in plain digits"),
        ("1:30", "in plain digits"),
        ("1:30.5", "in plain digits"),
        ("+3", "in plain digits"),
        ("3.", "in plain digits"),
        (".5", "in plain digits"),
        ("1_0.5", "in plain digits"),
        ("1.5e+3", "in plain digits"),
        ("-.inf", "in plain digits"),
        (".nan", "in plain digits"),
    ],
)
def test_a_number_that_yaml_counts_otherwise_is_told(
    folder: Folder, number: str, cure: str
) -> None:
    line = folder.change(ATTACK_FILE, "    low: 3", f"    low: {number}")
    [fault] = folder.faults()
    told = (fault.line, fault.column, fault.field, fault.rule)
    assert told == (line, 10, "tolls.0.low", "wrong-type")
    assert repr(number) in fault.message
    assert fault.cure == f"write it {cure}, or put it into quotes if it is text"


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("7", 7), ("45", 45), ("1000000", 10**6)])
def test_a_plain_number_is_what_it_says(folder: Folder, text: str, value: int) -> None:
    folder.change(ATTACK_FILE, "    low: 3", f"    low: {text}")
    attack = load_content(folder.root).library.records["some-attack"]
    assert isinstance(attack, Attack)
    assert attack.tolls[0].low == value


@pytest.mark.parametrize("number", ["045", "0x1F", "1_00", "1:30", "12", "2.5", "+3", ".inf"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_number_in_quotes_is_text(folder: Folder, number: str, quote: str) -> None:
    folder.change(ATTACK_FILE, "en: police", f"en: {quote}{number}{quote}")
    attack = load_content(folder.root).library.records["some-attack"]
    assert isinstance(attack, Attack)
    assert attack.tolls[0].by.en == number


@pytest.mark.parametrize(
    ("begin", "more", "end"), [("1", ":1", ""), ("1", ":1", ".5"), ("", "00", "")]
)
def test_a_number_without_end_is_told_in_step_with_its_length(
    folder: Folder, begin: str, more: str, end: str
) -> None:
    def written(times: int) -> Path:
        folder.write(ATTACK_FILE, ATTACK.replace("low: 3", f"low: {begin}{more * times}{end}"))
        return folder.root

    small, large = telling(written(25_000)), telling(written(100_000))
    assert growth(small, large) < MORE_THAN_IN_STEP
    [fault] = folder.faults()
    assert fault.field == "tolls.0.low"
    assert len(str(fault)) < 250


def test_a_missing_field_is_told_at_what_should_hold_it(folder: Folder) -> None:
    line = folder.change(ATTACK_FILE, "place:\n  name: {en: Somewhere}", "place:")
    [fault] = folder.faults()
    told = f"{ATTACK_FILE}:{line}:1: missing-field: place.name: is missing; add it"
    assert str(fault) == told


def test_a_long_value_is_cut_in_the_message(folder: Folder) -> None:
    folder.change(ATTACK_FILE, "of: killed", f"of: {'x' * 500}")
    [fault] = folder.faults()
    assert len(fault.message) < 200


def test_all_faults_of_all_files_are_told_at_once_in_order(folder: Folder) -> None:
    folder.change(ATTACK_FILE, "low: 3", "low: three")
    folder.change(ATTACK_FILE, "lat: 25.0", "lat: 99.0")
    folder.change(GROUP_FILE, "kind: armed group", "kind: gang")
    folder.write("sources.yaml", "paper: [\n")
    faults = folder.faults()
    assert faults == sorted(faults)
    told = {(each.file, each.field) for each in faults}
    assert told == {
        (ATTACK_FILE, "tolls.0.low"),
        (ATTACK_FILE, "place.lat"),
        (GROUP_FILE, "kind"),
        ("sources.yaml", ""),
    }


def test_a_reference_to_a_broken_file_is_not_a_second_fault(folder: Folder) -> None:
    folder.change(GROUP_FILE, "kind: armed group", "kind: gang")
    assert [each.file for each in folder.faults()] == [GROUP_FILE]


def test_a_name_of_two_records_is_refused_unless_both_share_it(folder: Folder) -> None:
    folder.change(ATTACK_FILE, "  en: Some attack", "  en: Some attack\naliases: [the GROUP]")
    assert "is a name of" in folder.faults()[0].message
    folder.change(ATTACK_FILE, "aliases: [the GROUP]", "shared_aliases: [the GROUP]")
    assert "is a name of" in folder.faults()[0].message
    folder.change(GROUP_FILE, "aliases: [The group]", "shared_aliases: [The group]")
    assert load_content(folder.root)


def test_two_kinds_may_not_have_the_same_id(folder: Folder) -> None:
    folder.write(
        "organisations/some-attack.yaml",
        GROUP.replace("Some group", "Other").replace("The group", "It"),
    )
    assert any(each.rule == "id-taken" for each in folder.faults())


@pytest.mark.parametrize("name", ["Some_Attack", "some attack", "-attack", "ä", "a" * 41])
def test_a_file_s_name_has_to_be_an_id(folder: Folder, name: str) -> None:
    folder.write(
        f"organisations/{name}.yaml", GROUP.replace("Some group", "X").replace("The group", "Y")
    )
    assert any(each.field == "id" for each in folder.faults())


def test_english_phrases_may_not_be_missing(folder: Folder) -> None:
    (folder.root / "phrases/en.yaml").rename(folder.root / "phrases/ur.yaml")
    assert [(each.file, each.rule) for each in folder.faults()] == [
        ("phrases/en.yaml", "missing-file")
    ]


@pytest.mark.parametrize("file", ["sources.yaml", "lexicons/stop-words.yaml"])
def test_a_missing_file_is_told(folder: Folder, file: str) -> None:
    (folder.root / file).unlink()
    assert any((each.file, each.rule) == (file, "missing-file") for each in folder.faults())


def test_a_missing_folder_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="WAZAHAT_CONTENT_DIR"):
        load_content(tmp_path / "nowhere")


def test_files_that_are_not_yaml_are_left_alone(folder: Folder) -> None:
    folder.write("attacks/README.md", "How to write one")
    folder.write("attacks/.some-attack.yaml.swp", b"\xff")
    assert len(load_content(folder.root).library.records) == 2


def test_a_field_that_is_there_twice_is_refused(folder: Folder) -> None:
    folder.write(ATTACK_FILE, ATTACK + "related: []\n")
    [fault] = folder.faults()
    assert (fault.rule, fault.line) == ("duplicate-key", ATTACK.count("\n") + 1)


def test_anchors_are_refused(folder: Folder) -> None:
    folder.change(ATTACK_FILE, "tolls:\n  - of", "tolls:\n  - &first\n    of")
    [fault] = folder.faults()
    assert fault.rule == "anchor"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n", "anchor"),
        ("a: " + "[" * 5000 + "]" * 5000, "too-deep"),
        ("\n".join("  " * deep + "a:" for deep in range(300)), "too-deep"),
        ("- " * 3000 + "a", "too-deep"),
        ("a: " + "x" * 600_000, "too-large"),
    ],
)
def test_a_bomb_is_refused(folder: Folder, text: str, rule: str) -> None:
    folder.write(GROUP_FILE, text)
    assert [each.rule for each in folder.faults() if each.file == GROUP_FILE] == [rule]
