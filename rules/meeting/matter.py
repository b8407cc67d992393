"""A meeting (会议): called, answered, changed, held (art. 47-51, 55, 58).

Nothing here knows of chats or tables, and the time is always passed in. Whatever changes one of its people
or topics goes through the meeting, whose row is locked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rules.dates.reading import moment_words, say_moment
from rules.meeting.attendance import Attendee, Part, Reply
from rules.meeting.clearance import GOOD, Clearance
from rules.meeting.excuse import Excuse
from rules.meeting.topic import Topic
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Role, Unit
from rules.working_days import shanghai_day


class MeetingKind(StrEnum):
    """The kinds of art. 47-51, and a department's district-wide meeting (art. 58)."""

    PLENARY = "全体会议"
    EXECUTIVE = "常务会议"
    MAYORS = "区长办公会议"
    SPECIAL = "专题会议"
    DISTRICT = "部门全区性会议"


FORMAL = frozenset({MeetingKind.PLENARY, MeetingKind.EXECUTIVE, MeetingKind.MAYORS})
"""The three of art. 52-56: their topics pass gates, their absences follow art. 55."""
ARTICLES = {
    MeetingKind.PLENARY: 48,
    MeetingKind.EXECUTIVE: 49,
    MeetingKind.MAYORS: 50,
    MeetingKind.SPECIAL: 51,
    MeetingKind.DISTRICT: 58,
}


class InName(StrEnum):
    """In whose name a department holds a district-wide meeting (art. 58)."""

    DISTRICT = "以区政府名义"
    OWN_SYSTEM = "本系统"


class MeetingState(StrEnum):
    """Where a meeting stands, in the word that people read."""

    DRAFT = "草稿"
    PENDING = "待批"
    SENT_BACK = "退回"
    DECLINED = "未获同意"
    CALLED = "已通知"
    BEGUN = "已开始"
    OVER = "已结束"
    CANCELLED = "已取消"


LIVE = frozenset({MeetingState.CALLED, MeetingState.BEGUN})
"""Called and not yet over."""
HELD = frozenset({MeetingState.CALLED, MeetingState.BEGUN, MeetingState.OVER})
"""Those that count towards what art. 48 and 49 say of a year and of two weeks."""
BEFOREHAND = frozenset({MeetingState.DRAFT, MeetingState.PENDING, MeetingState.SENT_BACK})


@dataclass(eq=False)
class MeetingPaper:
    """One of a meeting's materials, by Telegram's own handle. `size` in bytes."""

    file_id: str
    name: str
    size: int = 0
    photo: bool = False
    id: int = field(init=False)
    meeting_id: int = field(init=False)


@dataclass(eq=False)
class Meeting:
    """One meeting. Instants are aware UTC.

    `entrance` is the note on seats or the door. `chair_reason` says why it is not the mayor who
    presides.
    `deputies` says whether the units in attendance may send somebody (派员). `remarks` is what was warned of
    when it was called. `version` counts the changes. `unit` is whose meeting a 部门全区性会议
    is, `in_name` in whose name, `grounds` why art. 58 wants it approved; `clearances` are the steps, the
    latest last. `history` keeps each change as a line. `counted_at` is when the live count was last edited,
    `short_at` since when it is known to fall short of art. 49, `summarised_at` when the mayor had the summary
    of the excuses (art. 55). `calendar_uid` is its name in phones' calendars, `calendar_files` counts the
    files sent there.
    """

    kind: MeetingKind
    title: str
    start: datetime
    end: datetime
    place: str
    called_by: Official
    created_at: datetime
    reply_by: datetime
    chair: Official | None = None
    chair_reason: str = ""
    entrance: str = ""
    deputies: bool = False
    state: MeetingState = MeetingState.DRAFT
    called_at: datetime | None = None
    version: int = 0
    unit: Unit | None = None
    in_name: InName | None = None
    grounds: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    history: list[str] = field(default_factory=list)
    sign_in_at: datetime | None = None
    sign_in_closed_at: datetime | None = None
    sign_in_code: str = ""
    ended_at: datetime | None = None
    cancel_reason: str = ""
    counted_at: datetime | None = None
    short_at: datetime | None = None
    summarised_at: datetime | None = None
    attendees: list[Attendee] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    materials: list[MeetingPaper] = field(default_factory=list)
    clearances: list[Clearance] = field(default_factory=list)
    calendar_files: int = 0
    calendar_uid: str = field(init=False)
    id: int = field(init=False)

    # ------------------------------------------------------------ looking

    @property
    def article(self) -> int:
        """The article that knows its kind."""
        return ARTICLES[self.kind]

    @property
    def formal(self) -> bool:
        """Whether art. 52-56 speak of it."""
        return self.kind in FORMAL

    @property
    def day(self) -> date:
        """The Shanghai date it begins on."""
        return shanghai_day(self.start)

    @property
    def live(self) -> bool:
        """Whether it is called and not yet over."""
        return self.state in LIVE

    @property
    def sign_in_open(self) -> bool:
        """Whether people may sign in now."""
        return self.sign_in_at is not None and self.sign_in_closed_at is None

    @property
    def members(self) -> list[Attendee]:
        """Those who count towards 应到."""
        return [one for one in self.attendees if one.member]

    def of(self, official: Official) -> Attendee | None:
        """Their place on the list, if they have one."""
        return next((one for one in self.attendees if one.official is official), None)

    def place_of(self, official: Official) -> Attendee:
        """Their place on the list; refused where they have none."""
        found = self.of(official)
        if found is None:
            raise Refused(f"您不在“{self.title}”的参会名单内。如有疑问，请与区政府办公室联系。")
        return found

    def place_with(self, excuse: Excuse) -> Attendee:
        """Whose excuse it is; there is one."""
        return next(one for one in self.attendees if one.excuse is excuse)

    def topics_of(self, official: Official) -> list[Topic]:
        """The topics that their unit reports."""
        return [topic for topic in self.topics if topic.unit is official.unit]

    def deputy_allowed(self, attendee: Attendee) -> bool:
        """Whether [派员列席] is theirs: a unit in attendance, where the office allowed it."""
        return self.deputies and not attendee.member and attendee.official.role is Role.UNIT_HEAD

    def manages(self, official: Official) -> bool:
        """Whether they run it: anybody at the office desk, or who called it."""
        return official.role in OFFICE_DESK or official is self.called_by

    def may_manage(self, official: Official) -> None:
        """Refuses everybody else."""
        if not self.manages(official):
            raise Refused("会议由召集人和区政府办公室办理，请与区政府办公室联系。")

    @property
    def orphaned(self) -> bool:
        """Whether the department that calls it is no more (see rules/succession.py)."""
        return self.unit is not None and self.unit.closed_at is not None

    @property
    def waiting(self) -> Clearance | None:
        """The step of art. 58 that is now asked for."""
        if self.state is not MeetingState.PENDING:
            return None
        return next((step for step in self.clearances if step.verdict is None), None)

    # ------------------------------------------------------------ before it is called

    def seat(self, seats: Iterable[tuple[Official, Part]]) -> None:
        """Put the list in this order; who stays on it keeps their answer, unless their part has changed."""
        before = {one.official: one for one in self.attendees}
        now: dict[Official, Attendee] = {}
        for official, part in seats:
            if official not in now:
                now[official] = before.get(official) or Attendee(official, part)
                now[official].part = part
        self.attendees = list(now.values())
        self._number()

    def add(self, official: Official, part: Part) -> Attendee:
        """One more on the list; who is on it already gets the part."""
        self._open_list()
        found = self.of(official)
        if found is None:
            found = Attendee(official, part)
            self.attendees.append(found)
        found.part = part
        self._number()
        return found

    def drop(self, official: Official) -> Attendee:
        """Take them off the list; the one who presides cannot be."""
        self._open_list()
        found = self.place_of(official)
        if official is self.chair:
            raise Refused(f"{official.titled}主持会议，不能移出名单。")
        self.attendees.remove(found)
        self._number()
        return found

    def drop_all(self, people: Iterable[Official]) -> tuple[list[Attendee], list[str]]:
        """Take them off the list; who cannot be (any more) stays, with why, and costs none of the others."""
        gone, kept = list[Attendee](), list[str]()
        for one in people:
            try:
                gone.append(self.drop(one))
            except Refused as refused:
                kept.append(str(refused))
        return gone, kept

    def _open_list(self) -> None:
        if self.state not in (*BEFOREHAND, MeetingState.CALLED, MeetingState.BEGUN):
            raise Refused(f"会议{self.state}，名单不能再改。")

    def _number(self) -> None:
        order = list(Part)
        self.attendees.sort(key=lambda one: order.index(one.part))  # a list keeps its order within a part
        for position, one in enumerate(self.attendees):
            one.position = position

    @property
    def cleared(self) -> bool:
        """Whether art. 58 stands in the way no more."""
        if self.kind is not MeetingKind.DISTRICT:
            return True
        latest = self.clearances[-1].verdict if self.clearances else None
        return self.state is not MeetingState.PENDING and latest in GOOD

    def call(self, official: Official, now: datetime) -> None:
        """发出通知: everybody on the list is asked."""
        self.may_manage(official)
        if self.state is not MeetingState.DRAFT:
            raise Refused(f"这次会议{self.state}，不能重复通知。")
        if not self.cleared:
            raise Refused("部门召开全区性会议须先经区政府办公室审核、按程序报批。", 58)
        if obstacle := self.obstacle_to_calling(now):
            raise Refused(obstacle)
        self.state, self.called_at = MeetingState.CALLED, now
        self.expect_chair()
        for one in self.attendees:
            one.told_at = now

    def obstacle_to_calling(self, now: datetime) -> str:
        """What on the draft has to be changed before 发出通知; "" where nothing has."""
        if not self.attendees:
            return "名单里还没有人，请先增加参会人员。"
        if self.start <= now:
            return f"会议时间{say_moment(self.start, now)}已经过去，请先修改。"
        return "回执截止时间晚于会议时间，请先修改。" if self.reply_by > self.start else ""

    # ------------------------------------------------------------ what is known of it

    def presided_by(self, chair: Official | None, reason: str) -> None:
        """Somebody else presides, and why it is not the mayor."""
        self.chair, self.chair_reason = chair, reason

    def expect_chair(self) -> list[Attendee]:
        """Who presides has called it: taken to come unless they say otherwise or are on leave.

        Gives the places for which that is new, or no longer so: who presides no more is asked like everybody.
        """
        if not self.live:
            return []
        changed = []
        for one in self.attendees:
            presides = one.official is self.chair
            if one.unasked and not presides:
                one.reply = None
            elif presides and one.reply is None and not one.on_leave:
                one.reply = Reply.COMING
            else:
                continue
            changed.append(one)
        return changed

    def hand_over(self, person: Official) -> Official:
        """It is this one's now who called it or asked for it; gives back who that was before."""
        gone, self.called_by = self.called_by, person
        return gone

    def warn(self, remarks: Iterable[str]) -> None:
        """These warnings join those that were given before, each once."""
        self.remarks = [*self.remarks, *(one for one in remarks if one not in self.remarks)]

    def warn_anew(self, remarks: Sequence[str]) -> None:
        """These are its warnings now."""
        self.remarks = list(remarks)

    def summarised(self, now: datetime) -> None:
        """The mayor has the summary of the excuses (art. 55)."""
        self.summarised_at = now

    def summarise_anew(self, now: datetime) -> None:
        """Where its RSVP deadline lies ahead again, the summary is still to come."""
        if now < self.reply_by:
            self.summarised_at = None

    def counted(self, now: datetime) -> None:
        """The live count says how it stands now."""
        self.counted_at = now

    def next_calendar_file(self) -> int:
        """The number of the file that is made for phones now, above all that were made before."""
        self.calendar_files += 1
        return self.calendar_files - 1

    # ------------------------------------------------------------ changing

    def may_change(self, official: Official, now: datetime) -> None:
        """Whoever runs it, before it is over; its time only before it has begun."""
        self.may_manage(official)
        if not self.live and self.state not in BEFOREHAND:
            raise Refused(f"会议{self.state}，不能再变更。")
        if self.state is MeetingState.PENDING:
            raise Refused("会议正在报批，不能变更；要改，请先撤回。", 58)
        if self.live and now >= self.end:
            raise Refused("会议已经结束，不能再变更。")

    def move(self, start: datetime, end: datetime, reply_by: datetime, now: datetime) -> None:
        """Another time: everybody is asked anew, and what they had answered stays readable."""
        if self.live and now >= self.start:
            raise Refused("会议已经开始，时间不能再改。")
        if start <= now:
            raise Refused(f"{say_moment(start, now)}已经过去。")
        was = f"原定{moment_words(self.start)}"
        self.start, self.end, self.reply_by = start, end, reply_by
        if self.live:
            for one in self.attendees:
                one.reset(was)
                one.told_at = now

    def put_off_reply(self, until: datetime, now: datetime) -> bool:
        """The bot could not receive over the RSVP deadline: answers are taken until then, or until it begins.

        Gives back whether that helps anybody: not where the meeting is over or about to begin.
        """
        later = min(until, self.start)
        if not self.live or later <= max(now, self.reply_by):
            return False
        self.reply_by = later
        return True

    def changed(self, lines: Sequence[str], now: datetime) -> None:
        """Keep what was changed (old → new); one version more."""
        self.version += 1
        self.history = [*self.history, f"{moment_words(now)} {'；'.join(lines)}"]

    def cancel(self, official: Official, reason: str, now: datetime) -> MeetingState:
        """Call it off; gives the state it was in. A draft is only given up."""
        self.may_manage(official)
        before = self.state
        if before not in (*BEFOREHAND, *LIVE):
            raise Refused(f"会议{self.state}，不能取消。")
        if self.live and now >= self.end:
            raise Refused("会议已经结束，不能取消。")
        self.state, self.cancel_reason, self.ended_at = MeetingState.CANCELLED, reason, now
        self.version += 1
        return before
