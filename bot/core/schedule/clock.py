"""Wall-clock time to instants, with a defined outcome where the clocks change."""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta, tzinfo

_SECOND = timedelta(seconds=1)


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """The moment in UTC at which the clocks of `zone` show `wall`, which has no zone itself.

    A time that is skipped means the first moment after the gap; one that comes twice, the first
    of the two. So a later time on the wall never gives an earlier moment.
    """
    moment = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)  # read by the offset after the gap
    seconds = range((moment - early) // _SECOND + 1)
    after = moment.astimezone(zone).utcoffset()
    return early + _SECOND * bisect_left(
        seconds, True, key=lambda s: (early + _SECOND * s).astimezone(zone).utcoffset() == after
    )


def wall(moment: datetime, zone: tzinfo) -> datetime:
    """What the clocks of `zone` show at `moment`, as a time without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)
