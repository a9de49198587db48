"""The hours of the day in which a job may run by itself: at night, while nobody needs the machine."""

from __future__ import annotations

import re
from datetime import datetime, time

from desktop_app.errors import UserError
from desktop_app.records import Job

NIGHT = "22:00-07:00"
_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)")


def read(hours: str) -> tuple[time, time]:
    """Return where the hours begin and end; UserError for what is no pair of times of day."""
    found = _HOURS.fullmatch(hours.replace(" ", "").replace("–", "-"))
    if found is None:
        raise UserError("“{hours}” is no pair of times of day. Write it like 22:00-07:00.", hours=hours)
    first, second = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    if first == second:
        raise UserError("“{hours}” begins when it ends. Write it like 22:00-07:00.", hours=hours)
    return first, second


def within(hours: str, moment: datetime) -> bool:
    """Tell whether ``moment`` (local time) lies in ``hours``, which may go over midnight; always for empty hours."""
    if not hours:
        return True
    begins, ends = read(hours)
    now = moment.time()
    return begins <= now < ends if begins < ends else now >= begins or now < ends


def due(jobs: list[Job], moment: datetime) -> list[Job]:
    """Return the jobs that wait for hours that are now."""
    return [job for job in jobs if job.hours and job.state in ("waiting", "paused") and within(job.hours, moment)]
