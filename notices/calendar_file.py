"""An entry for a phone's own calendar (.ics, RFC 5545): a meeting or an event, moved or called off.

Each file is an iTIP message (RFC 5546) to one person: REQUEST to have it, CANCEL to have it no more.
"""

# ruff: noqa: PLC0415 - icalendar is loaded with the first file: most starts of the bot want none

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from notices.file_name import file_name
from notices.notice import Attachment
from notices.spreadsheet import legal
from rules.roster import Official
from rules.text import one_line
from rules.working_days import SHANGHAI

if TYPE_CHECKING:
    from icalendar import Timezone, vCalAddress

_PRODUCT: Final = "-//Banjie//banjie//ZH"
REMINDER: Final = timedelta(hours=1)
"""How long before the start the phone itself reminds."""

_NOWHERE: Final = "banjie.invalid"
"""RFC 5546 wants mail addresses. The bot has none: no phone can be asked to write to this one (RFC 2606)."""


class OnPhones(Protocol):
    """A matter that phones keep: its name among all there are; it counts the files that are made of it."""

    calendar_uid: str

    def next_calendar_file(self) -> int:
        """The number of the file that is made now."""


@dataclass(frozen=True)
class Appointment:
    """What a phone shows. Instants are aware; `organiser` is who arranges it, in words."""

    title: str
    start: datetime
    end: datetime
    place: str
    text: str
    organiser: str


def entry(
    matter: OnPhones,
    what: Appointment,
    to: Official,
    *,
    now: datetime,
    off: bool = False,
    tentative: bool = False,
    attends: bool = True,
) -> Attachment:
    """The file for that person's phone; newer than whatever was made for it of this matter before.

    `off` takes it out again, `tentative` keeps the time free for an answer that is still to come; `attends`
    is False for whoever only has to know of it. The matter's row must be locked: its files are counted.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if off else "REQUEST")
    event = Event()
    event.add("uid", _uid(matter, to))
    event.add("sequence", matter.next_calendar_file())
    event.add("dtstamp", now)
    event.add("dtstart", what.start.astimezone(SHANGHAI))
    event.add("dtend", what.end.astimezone(SHANGHAI))
    event.add("summary", _line(what.title))
    event.add("location", _line(what.place))
    event.add("description", "\n".join(map(_line, what.text.splitlines())))
    event.add("status", "CANCELLED" if off else "TENTATIVE" if tentative else "CONFIRMED")
    event["organizer"] = _address("office", what.organiser)
    event.add("attendee", _attendee(to, "TENTATIVE" if tentative else "ACCEPTED", attends=attends))
    if not off:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _line(what.title))
        alarm.add("trigger", -REMINDER)
        event.add_component(alarm)
    calendar.add_component(event)
    calendar.add_component(_zone())
    return Attachment(file_name("{}.ics", what.title), calendar.to_ical())


def _uid(matter: OnPhones, to: Official) -> str:
    """One for each person: whoever comes no more has all of their own called off, not a part of another's.

    What phones had before these were random goes on under its old name, which is whole (meeting-12@banjie).
    """
    return matter.calendar_uid if "@" in matter.calendar_uid else f"{matter.calendar_uid}-{to.id}"


def _line(text: str) -> str:
    """The text without what a line of the file cannot hold (RFC 5545, 3.1)."""
    return legal(one_line(text))


def _address(mailbox: str, name: str) -> "vCalAddress":
    from icalendar import vCalAddress, vText

    address = vCalAddress(f"mailto:{mailbox}@{_NOWHERE}")
    # Neither can stand in a parameter: at a backslash readers take the next sign for text, the colon too.
    address.params["CN"] = vText(_line(name).translate({ord('"'): "＂", ord("\\"): "＼"}))
    return address


def _attendee(to: Official, answer: str, *, attends: bool) -> "vCalAddress":
    """They have answered in the chat: their phone is not to ask them, nor to write to anybody."""
    from icalendar import vText

    address = _address(f"official-{to.id}", to.name)
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("REQ-PARTICIPANT" if attends else "NON-PARTICIPANT")
    address.params["PARTSTAT"] = vText(answer)
    address.params["RSVP"] = vText("FALSE")
    return address


@cache
def _zone() -> "Timezone":
    """The zone's own entry; made once, since working it out takes longer than everything else."""
    from icalendar import Timezone

    return Timezone.from_tzid(SHANGHAI.key)
