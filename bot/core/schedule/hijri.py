"""The arithmetical (tabular) Islamic calendar, which tells about when a Hijri day will be.

The civil reckoning: 1 Muharram 1 is 16 July 622 (Julian), months have 30 and 29 days in turn, and
11 of 30 years are a day longer: the 2nd, 5th, 7th, 10th, 13th, 16th, 18th, 21st, 24th, 26th and
29th. Formulas: Dershowitz and Reingold, "Calendrical Calculations", chapter on the Islamic
calendar. Months really begin with the sighting of the moon: in Pakistan both Eids of 2005 to 2025
were within a day of this reckoning, by the list that the tests cite.
"""

from datetime import date

_BEFORE_ALL = 227014
"""The day before 1 Muharram 1, as Python's dates count days."""


def expected_date(year: int, month: int, day: int) -> date:
    """The date that this reckoning gives; the moon may move it by a day or two."""
    in_years = (year - 1) * 354 + (3 + 11 * year) // 30
    in_months = 29 * (month - 1) + month // 2
    return date.fromordinal(_BEFORE_ALL + in_years + in_months + day)


def year_on(day: date) -> int:
    """The Hijri year in which `day` lies by this reckoning."""
    return (30 * (day.toordinal() - _BEFORE_ALL - 1) + 10646) // 10631
