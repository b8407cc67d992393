"""The one small district that tests of every procedure play in, and leave reports to act with."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from rules.dates.reading import Half
from rules.leave.matter import Leave, LeaveKind
from rules.leave.routes import LeaveRoutes
from rules.roster import Official, Role, Roster, Unit, UnitKind
from rules.working_days import SHANGHAI


def beijing(text: str) -> datetime:
    """2026-11-26 09:30 on a Beijing clock, as aware UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


THURSDAY = beijing("2026-11-26 09:00")


@dataclass
class Cast:
    """A district with one of everybody, all of them bound; `without` gives the roster after some have left.

    孙宇宙 is in charge of 财政局; of the other departments nobody is, so their tests say who it is.
    """

    leaders: Unit = field(default_factory=lambda: Unit("区政府", "千文区人民政府", UnitKind.LEADERS))
    office: Unit = field(
        default_factory=lambda: Unit("区政府办公室", "千文区人民政府办公室", UnitKind.OFFICE)
    )
    finance: Unit = field(default_factory=lambda: Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT))
    archive: Unit = field(default_factory=lambda: Unit("档案馆", "千文区档案馆", UnitKind.OTHER))
    housing: Unit = field(default_factory=lambda: Unit("住建局", "千文区住建局", UnitKind.DEPARTMENT))
    personnel: Unit = field(default_factory=lambda: Unit("人社局", "千文区人社局", UnitKind.DEPARTMENT))
    law: Unit = field(default_factory=lambda: Unit("司法局", "千文区司法局", UnitKind.DEPARTMENT))

    def __post_init__(self) -> None:
        people = [
            ("mayor", "赵天地", self.leaders, "区长", Role.MAYOR),
            ("executive", "钱玄黄", self.leaders, "常务副区长", Role.EXECUTIVE_VICE_MAYOR),
            ("vice", "孙宇宙", self.leaders, "副区长", Role.VICE_MAYOR),
            ("director", "吴盈昃", self.office, "主任", Role.OFFICE_DIRECTOR),
            ("deputy_director", "郑辰宿", self.office, "副主任", Role.OFFICE_DEPUTY),
            ("clerk", "王列张", self.office, "科员", Role.OFFICE_STAFF),
            ("head", "冯寒来", self.finance, "局长", Role.UNIT_HEAD),
            ("deputy", "陈暑往", self.finance, "副局长", Role.DEPUTY_HEAD),
            ("liaison", "褚秋收", self.finance, "办公室主任", Role.LIAISON),
            ("archivist", "卫冬藏", self.archive, "馆长", Role.UNIT_HEAD),
            ("", "章问道", self.housing, "局长", Role.UNIT_HEAD),
            ("", "云垂拱", self.housing, "副局长", Role.DEPUTY_HEAD),
            ("", "苏平章", self.housing, "科员", Role.LIAISON),
            ("", "谢始制", self.personnel, "局长", Role.UNIT_HEAD),
            ("", "邹文字", self.personnel, "副局长", Role.DEPUTY_HEAD),
            ("", "喻乃服", self.personnel, "科员", Role.LIAISON),
            ("", "华果珍", self.law, "局长", Role.UNIT_HEAD),
            ("", "金海咸", self.law, "副局长", Role.DEPUTY_HEAD),
            ("", "魏河淡", self.law, "科员", Role.LIAISON),
        ]
        for id, unit in enumerate(self.units, 1):
            unit.id = id
        for group, unit in enumerate((self.finance, self.housing, self.personnel, self.law), 500):
            unit.group_chat_id = -group
        self.officials = []
        for id, (key, name, unit, post, role) in enumerate(people, 1):
            official = Official(name, unit, post, role, phone=f"138000000{id:02}", telegram_id=1000 + id)
            official.id = id
            if key:
                setattr(self, key, official)
            self.officials.append(official)
        self.finance.portfolio_id = self.vice.id
        self.vice.backup_id = self.executive.id

    mayor: Official = field(init=False)
    executive: Official = field(init=False)
    vice: Official = field(init=False)
    director: Official = field(init=False)
    deputy_director: Official = field(init=False)
    clerk: Official = field(init=False)
    head: Official = field(init=False)
    deputy: Official = field(init=False)
    liaison: Official = field(init=False)
    archivist: Official = field(init=False)

    @property
    def units(self) -> list[Unit]:
        """All units."""
        return [
            self.leaders,
            self.office,
            self.finance,
            self.archive,
            self.housing,
            self.personnel,
            self.law,
        ]

    @property
    def roster(self) -> Roster:
        """Everybody."""
        return self.without()

    def without(self, *left: Official) -> Roster:
        """The roster after they have left."""
        return Roster(self.units, [official for official in self.officials if official not in left])

    def one(self, unit: Unit, role: Role) -> Official:
        """The unit's head, deputy or liaison."""
        return self.roster.of(unit, role)[0]

    def head_of(self, unit: Unit) -> Official:
        """The unit's head."""
        return self.one(unit, Role.UNIT_HEAD)

    def liaison_of(self, unit: Unit) -> Official:
        """The unit's liaison."""
        return self.one(unit, Role.LIAISON)

    def report(
        self,
        applicant: Official,
        acting: Official | None = None,
        *,
        start: tuple[date, Half] = (date(2026, 12, 1), Half.AM),
        end: tuple[date, Half] = (date(2026, 12, 3), Half.PM),
        urgent_reason: str = "",
        now: datetime = THURSDAY,
        roster: Roster | None = None,
    ) -> Leave:
        """A submitted report of three days in December, on its way along the default route."""
        leave = Leave(
            applicant=applicant,
            kind=LeaveKind.TRIP,
            start=start[0],
            start_half=start[1],
            end=end[0],
            end_half=end[1],
            place="济南",
            reason="参加全省财政工作会议",
            acting=acting,
            phone=applicant.phone,
            submitted_at=now,
            urgent_reason=urgent_reason,
        )
        leave.id = 12
        leave.submit(LeaveRoutes().route(applicant, roster or self.roster), now)
        return leave
