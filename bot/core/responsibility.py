"""The status of responsibility, as it follows from who claimed an attack and who names whom."""

from collections.abc import Callable

from bot.core.records import Attack, Status


def derived_status(attack: Attack, same_body: Callable[[str, str], bool]) -> Status:
    """`established` by a court that names one body, else what claims and attributions allow.

    A claim alone never establishes anything. Two rival claimants, or an attribution to a body other
    than the claimant, make it `disputed`. An attribution that nobody claimed leaves it `unknown`.
    """
    standing = [each for each in attack.attributions if not each.overtaken]
    found_by_courts = {to for each in standing if each.kind == "court" for to in each.to}
    if found_by_courts:
        return "established" if _one_body(found_by_courts, same_body) else "disputed"
    claimed = {claim.by for claim in attack.claims}
    attributed = {to for each in standing for to in each.to}
    if not _one_body(claimed | attributed, same_body):
        return "disputed"
    return "claimed" if claimed else "unknown"


def _one_body(organisations: set[str], same_body: Callable[[str, str], bool]) -> bool:
    return all(same_body(one, other) for one in organisations for other in organisations)
