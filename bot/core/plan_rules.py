"""The editors' policy of when posts go out and how they are mixed: `content/planning.yaml`."""

from datetime import time, timedelta
from typing import Annotated

from pydantic import Field, model_validator

from bot.core.records.base import Model
from bot.core.records.campaigns import Clock

Share = Annotated[float, Field(gt=0, le=1)]
Days = Annotated[int, Field(ge=0, le=3650)]
Minutes = Annotated[int, Field(ge=0, le=24 * 60)]


class Hours(Model):
    """A span of the day on the wall, from `start` up to `end`; it may pass midnight."""

    start: Clock
    end: Clock

    @model_validator(mode="after")
    def _is_a_span(self) -> "Hours":
        if self.start == self.end:
            raise ValueError(f"start and end are both {self.start}: give two times")
        return self

    def hold(self, at: time) -> bool:
        start, end = time.fromisoformat(self.start), time.fromisoformat(self.end)
        return start <= at < end if start < end else at >= start or at < end


class Point(Model):
    """A place on the map, in degrees."""

    lat: Annotated[float, Field(ge=-66, le=66)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class PlanRules(Model):
    """What is judged when a post is planned, and again when it is sent.

    `quiet_hours` and `friday_prayer` are free of posts, and in Ramadan so are `around_iftar`
    minutes before and after sunset at each of the `iftar_at` places. `spacing_hours` lie between
    two posts of a channel, `posts_a_day` is the most of a day; posts less than `collision_minutes`
    apart collide. `expose_share` is the most that posts about groups may make up of those of
    `expose_days` days, judged from `expose_from` posts on. `repeat_days` pass before a text comes
    again to a channel, which it does `cycles` times at most; texts whose wording agrees by
    `likeness` are the same. `lead_days` lie between the planning of a campaign and the calendar
    day it is tied to. `communities_from` memorials on, a campaign must tell of more than one
    community. `hijri_band` is how many days around a day of the moon are kept until it is
    confirmed. Moderators are told of posts `notice_minutes` before they go out, and admins
    `remind_days` before an unconfirmed day that posts wait for.
    """

    quiet_hours: Hours = Hours(start="22:30", end="07:00")
    friday_prayer: Hours = Hours(start="12:45", end="14:15")
    around_iftar: Minutes = 30
    iftar_at: tuple[Point, ...] = (Point(lat=31.55, lon=74.34), Point(lat=24.86, lon=67.01))
    spacing_hours: Annotated[float, Field(ge=0, le=48)] = 3
    posts_a_day: Annotated[int, Field(ge=1, le=50)] = 3
    collision_minutes: Minutes = 10
    expose_share: Share = 0.4
    expose_days: Annotated[int, Field(ge=1, le=3650)] = 90
    expose_from: Annotated[int, Field(ge=1, le=1000)] = 5
    repeat_days: Days = 45
    cycles: Annotated[int, Field(ge=1, le=1000)] = 6
    likeness: Share = 0.6
    lead_days: Days = 14
    communities_from: Annotated[int, Field(ge=2, le=100)] = 3
    hijri_band: Annotated[int, Field(ge=0, le=3)] = 2
    notice_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 60
    remind_days: Annotated[int, Field(ge=0, le=30)] = 3

    @property
    def spacing(self) -> timedelta:
        return timedelta(hours=self.spacing_hours)

    @property
    def collision(self) -> timedelta:
        return timedelta(minutes=self.collision_minutes)

    @property
    def notice(self) -> timedelta:
        return timedelta(minutes=self.notice_minutes)

    @property
    def nearness(self) -> timedelta:
        """How far from a post every other one of its channel can matter to it, whatever it tells:
        days of remembrance, posts of a day, room between posts."""
        return max(timedelta(days=1), self.spacing, self.collision)

    @property
    def reach(self) -> timedelta:
        """How far from a post those lie that can matter to it, save for its own campaign."""
        return timedelta(days=max(self.expose_days, self.repeat_days, 1))
