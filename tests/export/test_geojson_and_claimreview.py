import json
from collections.abc import Callable
from pathlib import Path

from bot.adapters.export import export
from bot.core.library import Library

Exported = Callable[[str], dict[str, bytes]]


def test_attacks_are_points_with_longitude_first(exported: Exported) -> None:
    found = json.loads(exported("geojson")["attacks.geojson"])
    assert found["type"] == "FeatureCollection"
    another, attack = found["features"]
    assert (another["id"], attack["id"]) == ("another-attack", "some-attack")
    assert attack["geometry"] == {"type": "Point", "coordinates": [67.25, 25.5]}


def test_a_point_tells_its_range_status_date_precision_and_sources(exported: Exported) -> None:
    another, attack = json.loads(exported("geojson")["attacks.geojson"])["features"]
    told = attack["properties"]
    assert (told["killed_low"], told["killed_high"], told["killed_at_least"]) == (70, 90, True)
    assert (told["status"], told["as_of"], told["within_km"]) == ("disputed", "2026-01-01", 5.0)
    assert (told["date"], told["name_ur"]) == ("2017-02-16", "نام some-attack")
    assert told["sources"] == ["https://example.org/a?b=1", "@A book, The House"]
    assert another["properties"]["killed_low"] is None
    assert another["properties"]["injured_low"] == 0


def test_a_narrative_has_a_review_in_each_language(exported: Exported) -> None:
    made = exported("claimreview")
    english = json.loads(made["some-narrative.en.jsonld"])
    urdu = json.loads(made["some-narrative.ur.jsonld"])
    assert (english["@context"], english["@type"]) == ("https://schema.org", "ClaimReview")
    assert english["claimReviewed"] == "They win </script> & more."
    assert english["itemReviewed"] == {"@type": "Claim", "text": english["claimReviewed"]}
    assert english["reviewRating"] == {"@type": "Rating", "alternateName": "False"}
    assert english["author"] == {"@type": "Organization", "name": "Wazahat"}
    assert (english["datePublished"], english["inLanguage"]) == ("2026-01-01", "en")
    assert (urdu["claimReviewed"], urdu["inLanguage"]) == ("وہ جیتتے ہیں۔", "ur")
    assert urdu["reviewRating"]["alternateName"] == "غلط"
    assert urdu["reviewBody"].startswith("وہ ہارے۔")


def test_a_review_says_whether_a_person_has_read_it(exported: Exported) -> None:
    made = exported("claimreview")
    assert json.loads(made["some-narrative.en.jsonld"])["creativeWorkStatus"] == "Reviewed"
    assert json.loads(made["some-narrative.ur.jsonld"])["creativeWorkStatus"] == "Unreviewed"


def test_a_review_names_its_sources_apart_from_its_text(exported: Exported) -> None:
    review = json.loads(exported("claimreview")["some-narrative.en.jsonld"])
    assert "[@" not in json.dumps(review)
    assert [work.get("url") for work in review["citation"]] == ["https://example.org/a?b=1", None]


def test_a_review_is_not_half_in_another_language(exported: Exported) -> None:
    assert {name for name in exported("claimreview") if name.startswith("half")} == {
        "half-translated.en.jsonld"
    }


def test_a_review_cannot_end_the_script_that_it_is_put_in(exported: Exported) -> None:
    assert all(b"</" not in written for written in exported("claimreview").values())


def test_the_address_of_a_review_is_left_to_who_publishes_it(
    library: Library, exported: Exported, tmp_path: Path
) -> None:
    assert "url" not in json.loads(exported("claimreview")["some-narrative.en.jsonld"])
    export("claimreview", library, tmp_path, "https://t.me/a_bot?start=b_")
    review = json.loads((tmp_path / "some-narrative.en.jsonld").read_text("utf8"))
    assert review["url"] == "https://t.me/a_bot?start=b_some-narrative"
