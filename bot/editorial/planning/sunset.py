"""When the sun sets: the time of iftar, good to a few minutes.

The usual approximation of declination and the equation of time by the day of the year (Spencer
1971, as in NOAA's solar calculator), with the sun's upper edge on the horizon at 90.833 degrees.
"""

from datetime import UTC, date, datetime, time, timedelta
from math import acos, cos, degrees, pi, radians, sin, tan

_ZENITH = radians(90.833)


def sunset(day: date, lat: float, lon: float) -> datetime:
    """In UTC, of the day at that place; degrees, not beyond the polar circles."""
    year = 2 * pi / 365 * (day.timetuple().tm_yday - 1 + 0.25)
    minutes_ahead = 229.18 * (
        0.000075
        + 0.001868 * cos(year) - 0.032077 * sin(year)
        - 0.014615 * cos(2 * year) - 0.040849 * sin(2 * year)
    )  # fmt: skip
    declination = (
        0.006918
        - 0.399912 * cos(year) + 0.070257 * sin(year)
        - 0.006758 * cos(2 * year) + 0.000907 * sin(2 * year)
        - 0.002697 * cos(3 * year) + 0.00148 * sin(3 * year)
    )  # fmt: skip
    north = radians(lat)
    turn = acos(cos(_ZENITH) / (cos(north) * cos(declination)) - tan(north) * tan(declination))
    minutes = 720 - 4 * lon - minutes_ahead + 4 * degrees(turn)
    return datetime.combine(day, time(), UTC) + timedelta(minutes=minutes)
