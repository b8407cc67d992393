"""One person on a meeting's list (参会人员): in what part, what they answered, and whether they came.

Nothing here decides who may do what: that is the meeting's (rules.meeting), under its lock.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rules.dates.reading import moment_words
from rules.meeting.excuse import MAY_STAY_AWAY, Excuse, ExcuseState
from rules.roster import LEADERS, Official, Role, UnitKind


class Part(StrEnum):
    """In what part they are there (art. 48-51), in the word that people read."""

    MEMBER = "出席"
    ATTENDING = "列席"
    TOPIC = "列席议题"
    """In attendance for the topics of their unit only."""


class Reply(StrEnum):
    """What they answer."""

    COMING = "参加"
    EXCUSED = "请假"
    DEPUTY = "派员"


class Group(StrEnum):
    """How people are grouped on lists and in the count, in this order."""

    LEADERS = "区领导"
    OFFICE = "办公室"
    DEPARTMENTS = "部门"
    TOWNS = "镇街"
    ZONE = "开发区"
    OTHERS = "其他"


_GROUPS = {
    UnitKind.OFFICE: Group.OFFICE,
    UnitKind.DEPARTMENT: Group.DEPARTMENTS,
    UnitKind.TOWN: Group.TOWNS,
    UnitKind.ZONE: Group.ZONE,
}


def group_of(official: Official) -> Group:
    """Where they stand on a list."""
    if official.role in LEADERS:
        return Group.LEADERS
    if official.role is Role.COUNSEL:
        return Group.OTHERS
    return _GROUPS.get(official.unit.kind, Group.OTHERS)


@dataclass(frozen=True)
class Deputy:
    """Who comes in somebody's place (派员); they need not be on the roster."""

    name: str
    post: str

    def __str__(self) -> str:
        return f"{self.post} {self.name}".strip()


@dataclass(eq=False)
class Attendee:
    """One person called to a meeting. Instants are aware UTC.

    `replied_by` is who entered the answer: themselves, or somebody at the office desk who had it by telephone
    (`source` says how). `prepared` is what their liaison or the desk has put before them to be confirmed,
    with `prepared_reason` for 请假 and the prepared deputy for 派员. `leave_id` and `away` (its dates in
    words) say that they are on approved leave during the meeting: they are only asked to confirm. `earlier`
    keeps what they had answered before the meeting was moved, a line each, the latest last. `told_at` is when
    the card first went to them, `nudged_at` when they were last reminded to answer. `in_calendar` says that
    the last calendar file they had puts the meeting into their phone. `late` is set at the sign-in;
    `came_name` and `came_post` say who came in their place, empty where they came themselves; `corrected_by`
    is set when the office has put the sign-in right.
    """

    official: Official
    part: Part
    position: int = 0
    reply: Reply | None = None
    replied_at: datetime | None = None
    replied_by: Official | None = None
    source: str = ""
    deputy_name: str = ""
    deputy_post: str = ""
    prepared: Reply | None = None
    prepared_by: Official | None = None
    prepared_at: datetime | None = None
    prepared_reason: str = ""
    prepared_name: str = ""
    prepared_post: str = ""
    leave_id: int | None = None
    away: str = ""
    away_until: date | None = None
    earlier: list[str] = field(default_factory=list)
    told_at: datetime | None = None
    nudged_at: datetime | None = None
    in_calendar: bool = False
    excuse: Excuse | None = None
    signed_in_at: datetime | None = None
    late: bool = False
    came_name: str = ""
    came_post: str = ""
    corrected_by: Official | None = None
    corrected_at: datetime | None = None
    id: int = field(init=False)
    meeting_id: int = field(init=False)

    @property
    def group(self) -> Group:
        """Where they stand on the list."""
        return group_of(self.official)

    @property
    def member(self) -> bool:
        """Whether they count towards 应到."""
        return self.part is Part.MEMBER

    @property
    def deputy(self) -> Deputy | None:
        """Who comes in their place."""
        return Deputy(self.deputy_name, self.deputy_post) if self.reply is Reply.DEPUTY else None

    @property
    def came(self) -> Deputy | None:
        """Who came in their place, by the sign-in."""
        return Deputy(self.came_name, self.came_post) if self.came_name else None

    def goes_on_leave(self, leave_id: int | None, away: str = "", until: date | None = None) -> None:
        """They are on this leave during the meeting, with its dates in words; None: on none."""
        self.leave_id, self.away, self.away_until = leave_id, away, until
        if self.on_leave and self.unasked:
            self.reply = None

    def called(self, now: datetime) -> None:
        """The card went to them."""
        self.told_at = now

    def reminded(self, now: datetime) -> None:
        """They were reminded to answer, or of the report they owe."""
        self.nudged_at = now

    def has_calendar_file(self, *, of_coming: bool) -> None:
        """The last file sent to their phone puts the meeting in, or takes it out."""
        self.in_calendar = of_coming

    def send(self, deputy: Deputy | None) -> None:
        """Enter at the sign-in who came in their place; None: they themselves, or nobody."""
        self.came_name, self.came_post = (deputy.name, deputy.post) if deputy else ("", "")

    @property
    def on_leave(self) -> bool:
        """Whether they are on approved leave during the meeting."""
        return self.leave_id is not None

    @property
    def unasked(self) -> bool:
        """Whether they are taken to come without an answer: who presides has called the meeting."""
        return self.reply is Reply.COMING and self.replied_by is None

    @property
    def granted(self) -> bool:
        """Whether they may stay away, or might have (追认)."""
        return self.excuse is not None and self.excuse.state in MAY_STAY_AWAY

    @property
    def denied(self) -> bool:
        """Whether they have asked in vain: they are expected."""
        return self.excuse is not None and self.excuse.state is ExcuseState.DENIED

    @property
    def stays_away(self) -> bool:
        """Whether it is settled that they do not come themselves."""
        return self.granted or self.reply is Reply.DEPUTY

    @property
    def undecided(self) -> bool:
        """Whether they have asked to stay away and nobody has decided."""
        return self.excuse is not None and self.excuse.state is ExcuseState.PENDING

    @property
    def comes(self) -> bool:
        """Whether they are reminded of it: they or their deputy come, or have to."""
        return self.reply in (Reply.COMING, Reply.DEPUTY) or self.denied

    @property
    def expected(self) -> bool:
        """Whether it takes up their time: not where they stay away, sends somebody or is on leave."""
        if self.denied or self.reply is Reply.COMING:
            return True
        return self.reply is None and not self.on_leave

    def put(self, reply: Reply, by: Official, now: datetime, source: str = "") -> None:
        """Enter an answer; what was prepared has served, another answer's details are gone."""
        self.reply, self.replied_at, self.replied_by, self.source = reply, now, by, source
        self.forget_prepared()
        if reply is not Reply.EXCUSED:
            self.excuse = None
        if reply is not Reply.DEPUTY:
            self.deputy_name = self.deputy_post = ""

    def forget_prepared(self) -> None:
        """Nothing lies before them to be confirmed."""
        self.prepared = self.prepared_by = self.prepared_at = None
        self.prepared_reason = self.prepared_name = self.prepared_post = ""

    def reset(self, meeting_was: str) -> None:
        """The meeting was moved: they are asked anew, and what they had said stays readable."""
        if self.reply is not None and self.replied_at is not None:
            said = f"{self.answered}（{moment_words(self.replied_at)}）"
            self.earlier = [*self.earlier, f"{meeting_was}：{said}"]
        self.reply = self.replied_at = self.replied_by = None
        self.source = self.deputy_name = self.deputy_post = ""
        self.excuse = None
        self.nudged_at = None
        self.forget_prepared()

    @property
    def answered(self) -> str:
        """The answer in words: 参加, 请假（待批）, 派员：副局长 某某; 主持，不用回执; 未回复."""
        if self.unasked:
            return "主持，不用回执"
        if self.reply is None:
            return "未回复"
        if self.reply is Reply.EXCUSED and self.excuse is not None:
            return f"请假（{self.excuse.state}）"
        return f"派员：{self.deputy}" if self.deputy else str(self.reply)
