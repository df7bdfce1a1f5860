"""GeoJSON (RFC 7946): the attacks as points on a map."""

from collections.abc import Iterator

from bot.adapters.export.facts import citations, derived, flat
from bot.adapters.export.json_files import as_json
from bot.core.library import Library
from bot.core.records import Attack


def geojson(library: Library) -> Iterator[tuple[str, bytes]]:
    attacks = sorted(library.attacks, key=lambda each: each.id)
    features = [_feature(each, library) for each in attacks]
    yield "attacks.geojson", as_json({"type": "FeatureCollection", "features": features})


def _feature(attack: Attack, library: Library) -> dict[str, object]:
    """A point, good to `within_km`. Flat properties, since few maps can show any deeper ones."""
    place = attack.place
    return {
        "type": "Feature",
        "id": attack.id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "name_en": attack.name.en,
            "name_ur": attack.name.ur,
            "date": attack.date.isoformat(),
            "place_en": place.name.en,
            "place_ur": place.name.ur,
            "province": place.province,
            "within_km": place.within_km,
            **flat(derived(attack, library), ""),
            "as_of": attack.as_of.isoformat(),
            "sources": _addresses(attack, library),
        },
    }


def _addresses(attack: Attack, library: Library) -> list[str]:
    """Where to check it, in the order of citing; a source that is not on the web by its title."""
    cited = dict.fromkeys(each.source for each in citations(attack))
    known = (library.sources[each] for each in cited)
    return [str(each.url or f"{each.title}, {each.publisher}") for each in known]
