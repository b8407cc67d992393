"""Meetings to act with: the sample district as plain objects, and a meeting of any kind."""

import csv
from datetime import datetime, timedelta
from itertools import count

from bot.roster.files import SAMPLE
from rules.meeting.matter import Meeting, MeetingKind
from rules.meeting.members import Wanted, list_for
from rules.roster import Official, Role, Roster, Unit, UnitKind
from rules.settings import Settings
from tests.cast import beijing

WEDNESDAY = beijing("2026-12-02 09:00")


class District:
    """The sample district, everybody in office and bound; people and units by name."""

    def __init__(self) -> None:
        with (SAMPLE / "units.csv").open(encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        self.units = {row["单位"]: Unit(row["单位"], row["全称"], UnitKind(row["类别"])) for row in rows}
        with (SAMPLE / "people.csv").open(encoding="utf-8-sig") as file:
            people = list(csv.DictReader(file))
        self.people = {
            one["姓名"]: Official(
                one["姓名"], self.units[one["单位"]], one["职务"], Role(one["角色"]), one["手机"]
            )
            for one in people
        }
        for id, unit in enumerate(self.units.values(), 1):
            unit.id = id
        for id, official in enumerate(self.people.values(), 1):
            official.id, official.telegram_id = id, 1000 + id
        for row in rows:
            if row["分管领导"]:
                self.units[row["单位"]].portfolio_id = self.people[row["分管领导"]].id
        self.roster = Roster(self.units.values(), self.people.values())

    def __getitem__(self, name: str) -> Official:
        return self.people[name]

    def without(self, *names: str) -> Roster:
        """The roster after they have left."""
        return Roster(self.units.values(), [o for o in self.people.values() if o.name not in names])

    def head(self, unit: str) -> Official:
        """The head of the unit."""
        head = self.roster.head_of(self.units[unit])
        assert head is not None
        return head

    def meeting(
        self,
        kind: MeetingKind = MeetingKind.EXECUTIVE,
        *,
        start: str = "2026-12-08 14:30",
        wanted: Wanted | None = None,
        now: datetime = WEDNESDAY,
        called: bool = True,
    ) -> Meeting:
        """A meeting of two hours, its list filled from the roster, called unless it is to be a draft."""
        begins = beijing(start)
        chair = self.roster.mayor if kind is not MeetingKind.DISTRICT else None
        meeting = Meeting(
            kind=kind,
            title=f"区政府{kind}",
            start=begins,
            end=begins + timedelta(hours=2),
            place="三楼会议室",
            called_by=self["卫冬藏"],
            created_at=now,
            reply_by=beijing(f"{start[:8]}07 12:00"),
            chair=chair,
        )
        meeting.id, meeting.calendar_uid = 7, "b6a1c1de"
        listed = list_for(kind, self.roster, wanted or Wanted(), chair, Settings().legal_review)
        meeting.seat(listed.seats)
        ids = count(1)
        for one in meeting.attendees:
            one.id = next(ids)
        if called:
            meeting.call(self["卫冬藏"], now)
        return meeting
