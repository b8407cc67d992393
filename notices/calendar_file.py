"""An entry for a phone's own calendar (.ics, RFC 5545): a meeting or an event, moved or called off."""

from datetime import datetime, timedelta
from functools import cache
from typing import Final

from icalendar import Alarm, Calendar, Event, Timezone

from rules.working_days import SHANGHAI
from storage.outbox import Attachment

_PRODUCT: Final = "-//Banjie//banjie//ZH"
REMINDER: Final = timedelta(hours=1)
"""How long before the start the phone itself reminds."""


def entry(
    matter: str,
    title: str,
    start: datetime,
    end: datetime,
    place: str,
    text: str,
    *,
    now: datetime,
    version: int = 0,
    cancelled: bool = False,
) -> Attachment:
    """The file for one person's phone; `matter` reads like meeting:12 and stays the same for ever.

    `version` counts the changes: a phone puts a higher one in the place of what it has. Instants are aware.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"{matter.replace(':', '-')}@banjie")
    event.add("sequence", version)
    event.add("dtstamp", now)
    event.add("dtstart", start.astimezone(SHANGHAI))
    event.add("dtend", end.astimezone(SHANGHAI))
    event.add("summary", title)
    event.add("location", place)
    event.add("description", text)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if not cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", -REMINDER)
        event.add_component(alarm)
    calendar.add_component(event)
    calendar.add_component(_zone())
    return Attachment(f"{title}.ics", calendar.to_ical())


@cache
def _zone() -> Timezone:
    """The zone's own entry; made once, since working it out takes longer than everything else."""
    return Timezone.from_tzid(SHANGHAI.key)
