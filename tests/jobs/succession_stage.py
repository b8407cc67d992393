"""A whole office in which one unit has every role that there is: for when it is closed, merged, renamed."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.rehearsal.papers import take_roster
from bot.sandbox.house import House
from matters.countersign.sending import let_go
from matters.successions import left_behind
from rules.countersign.answer import Opinion, Source
from rules.countersign.consultation import Consultation
from rules.countersign.extension import Extension
from rules.countersign.kinds import CountersignKind
from rules.countersign.matter import Countersign
from rules.dates.reading import Half
from rules.invitation.kinds import InvitationKind
from rules.invitation.matter import Invitation
from rules.leave.matter import Leave, LeaveKind
from rules.leave.routes import LeaveRoutes
from rules.meeting.attendance import Attendee, Part
from rules.meeting.clearance import Clearance, Step, Verdict
from rules.meeting.matter import InName, Meeting, MeetingKind, MeetingState
from rules.meeting.topic import Topic
from rules.roster import Roster, Unit
from rules.working_days import shanghai_day
from storage.queries.countersign.sheets import seat
from storage.unit_of_work import UnitOfWork
from tests.cast import beijing

NOW = beijing("2026-11-23 10:00")


@dataclass
class SuccessionStage:
    """An office in which 住建局 has every role that there is; the ids of what it has them in."""

    house: House
    ids: dict[str, int] = field(default_factory=dict)

    async def sheet(self, role: str) -> Countersign:
        async with self.house.office.work(f"look at {role}") as work:
            return await work.lock(Countersign, self.ids[role])

    async def lay(self) -> None:
        """Everything that 住建局 has to do with."""
        async with self.house.office.work("lay") as work:
            roster = await work.roster()
            await self._sheets(work, roster)
            await self._meetings(work, roster)
            await self._leave(work, roster)
            invitation = _invitation(roster, unit_of(roster, "住建局"))
            work.add(invitation)
            await work.flush()
            self.ids["organiser"] = invitation.id
        await self.house.turn(self.house.clock.now())
        await self.house.settle()

    async def _sheets(self, work: UnitOfWork, roster: Roster) -> None:
        own, other, third = (unit_of(roster, name) for name in ("住建局", "财政局", "人社局"))
        await self._sheet(work, "lead", own, [other, third])
        await self._sheet(work, "lead, before 送会签", own, [other, third], sent=False)
        await self._sheet(work, "consulted", other, [own, third])
        await self._sheet(work, "consulted, before 送会签", other, [own, third], sent=False)
        await self._sheet(work, "the only one consulted, before 送会签", other, [own], sent=False)
        waits = await self._sheet(work, "waits for more time", other, [own, third])
        head = roster.head_of(own)
        assert head
        asked = Extension(shanghai_day(NOW + timedelta(days=9)), "须报局党组会", head, work.now)
        _place(waits, own).extensions.append(asked)
        phoned = await self._sheet(
            work, "answered by phone", other, [own, third], kind=CountersignKind.REQUEST
        )
        phoned.record(
            roster.desk[0],
            _place(phoned, own),
            Opinion.NO_OBJECTION,
            work.now,
            source=Source.PHONE,
            source_note="局长来电",
            given_on=shanghai_day(work.now),
        )
        objecting = await self._sheet(work, "objects", other, [own, third])
        objecting.sign(
            head,
            _place(objecting, own),
            Opinion.OBJECTION,
            work.now,
            seat=await seat(work, own),
            text="另行研究",
        )

    async def _sheet(
        self,
        work: UnitOfWork,
        role: str,
        lead: Unit,
        to: list[Unit],
        *,
        sent: bool = True,
        kind: CountersignKind = CountersignKind.DRAFT,
    ) -> Countersign:
        roster = await work.roster()
        head = roster.head_of(lead)
        assert head
        sheet = Countersign(lead, head, kind, role, work.now)
        sheet.consult({unit: roster.head_of(unit) for unit in to})
        work.add(sheet)
        await work.flush()
        if sent:
            await let_go(work, head, sheet, await seat(work, lead))
        self.ids[role] = sheet.id
        return sheet

    async def _meetings(self, work: UnitOfWork, roster: Roster) -> None:
        own, (mayor,) = unit_of(roster, "住建局"), [roster.mayor]
        head, charge, clerk = roster.head_of(own), roster.in_charge_of(own), roster.desk[-1]
        assert head
        assert charge
        assert mayor
        start = NOW + timedelta(days=20)
        end, reply_by = start + timedelta(hours=2), start - timedelta(days=2)
        pending = Meeting(
            MeetingKind.DISTRICT,
            "住建系统全区会议",
            start,
            end,
            "三楼会议室",
            head,
            work.now,
            reply_by,
            unit=own,
        )
        pending.in_name, pending.state, pending.chair = InName.DISTRICT, MeetingState.PENDING, head
        done = Clearance(Step.OFFICE, 0, None, Verdict.PASSED, asked_at=work.now)
        done.decided_by, done.decided_at = clerk, work.now
        pending.clearances = [done, Clearance(Step.VICE_MAYOR, 1, charge, asked_at=work.now)]
        executive = Meeting(
            MeetingKind.EXECUTIVE,
            "区政府常务会议",
            start,
            end,
            "三楼会议室",
            clerk,
            work.now,
            reply_by,
            chair=mayor,
        )
        executive.state, executive.called_at = MeetingState.CALLED, work.now
        executive.attendees = [Attendee(mayor, Part.MEMBER), Attendee(head, Part.ATTENDING)]
        executive.topics = [Topic(1, "城市更新办法", own)]
        work.add(pending)
        work.add(executive)
        await work.flush()
        self.ids["calls a meeting"], self.ids["in attendance"] = pending.id, executive.id
        self.ids["reports a topic"] = executive.topics[0].id

    async def _leave(self, work: UnitOfWork, roster: Roster) -> None:
        head = roster.head_of(unit_of(roster, "住建局"))
        assert head
        start = shanghai_day(NOW + timedelta(days=14))
        leave = Leave(
            applicant=head,
            kind=LeaveKind.TRIP,
            start=start,
            start_half=Half.AM,
            end=start,
            end_half=Half.PM,
            place="济南",
            reason="参加会议",
            acting=None,
            phone=head.phone,
            submitted_at=work.now,
        )
        leave.submit(LeaveRoutes().route(head, roster), work.now)
        work.add(leave)
        await work.flush()
        self.ids["on leave"] = leave.id

    async def imports(self, change: str) -> None:
        await take_roster(self.house.office, change)
        await self.house.settle()

    async def left(self) -> set[str]:
        async with self.house.office.work("left") as work:
            return {one.left(work.now).subject for one in await left_behind(work)}

    @property
    def all_led(self) -> set[str]:
        """What 住建局 has in hand itself."""
        return {
            f"countersign:{self.ids['lead']}",
            f"countersign:{self.ids['lead, before 送会签']}",
            f"meeting:{self.ids['calls a meeting']}",
            f"topic:{self.ids['reports a topic']}",
            f"invitation:{self.ids['organiser']}",
        }

    async def holders(self, card: str) -> set[int]:
        async with self.house.office.work("holders") as work:
            return await work.holders(card)


def unit_of(roster: Roster, name: str) -> Unit:
    unit = roster.unit(name)
    assert unit
    return unit


def _place(sheet: Countersign, unit: Unit) -> Consultation:
    return next(one for one in sheet.current if one.unit is unit)


def _invitation(roster: Roster, unit: Unit) -> Invitation:
    head, mayor = roster.head_of(unit), roster.mayor
    assert head
    assert mayor
    return Invitation(
        event="城市更新项目调研",
        kind=InvitationKind.RESEARCH,
        start=NOW + timedelta(days=20),
        end=None,
        place="云腾街道",
        organiser=unit.name,
        unit=unit,
        submitted_by=head,
        asked=[mayor],
        size="约30人",
        task="现场察看",
        speech=False,
        contact="苏平章",
        phone="13800000009",
        submitted_at=NOW,
    )
