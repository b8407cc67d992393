"""A unit's briefing (简报) to the district government, from its registration to its last issue (art. 66).

A briefing must be approved and registered (须核准备案), and a unit has as a rule one kind only (原则上1种): a
second one needs a reason and the office director. A registration holds for its year. Nothing here knows of
chats or tables, and the time is always passed in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final

from rules.fields import Paper
from rules.refused import Refused
from rules.roster import LEADERS, OFFICE_DESK, Official, Role, Roster, Unit
from rules.todo import Refusals, Todo
from rules.working_days import shanghai_day

ARTICLE: Final = 66
KINDS: Final = 1
"""Art. 66: how many kinds of briefing a unit has as a rule."""
SENDERS: Final = frozenset({Role.UNIT_HEAD, Role.LIAISON})


class Cycle(StrEnum):
    """How often it comes out."""

    WEEKLY = "每周"
    HALF_MONTHLY = "每半月"
    MONTHLY = "每月"
    QUARTERLY = "每季度"
    IRREGULAR = "不定期"


class Readers(StrEnum):
    """To whom it goes (主送), in the word that people read."""

    LEADERS = "全体区领导"
    HEADS = "区长、常务副区长"
    IN_CHARGE = "区长、分管副区长"


class BriefingState(StrEnum):
    """Where it stands, in the word that people read."""

    PENDING = "待核准"
    REGISTERED = "已备案"
    DECLINED = "不予备案"
    STOPPED = "已停办"


LIVE: Final = frozenset({BriefingState.PENDING, BriefingState.REGISTERED})


@dataclass(eq=False)
class Reading:
    """One leader's copy of an issue; `read_at` is their own tap 已阅. Reading decides nothing (圈阅)."""

    reader: Official
    read_at: datetime | None = None
    id: int = field(init=False)
    issue_id: int = field(init=False)


@dataclass(eq=False)
class Issue:
    """第N期 as it was sent: a file by Telegram's handle, and who got it."""

    number: int
    file_id: str
    name: str
    size: int
    photo: bool
    sent_by: Official
    sent_at: datetime
    readings: list[Reading] = field(default_factory=list)
    id: int = field(init=False)
    briefing_id: int = field(init=False)

    @property
    def read(self) -> Sequence[Reading]:
        """The copies that are read, in the order of reading."""
        done = [(one.read_at, one) for one in self.readings if one.read_at is not None]
        return [one for _, one in sorted(done, key=lambda pair: pair[0])]


@dataclass(eq=False)
class Briefing(Todo[Official | None]):
    """One kind of briefing of one unit, and the question of its registration. Instants are aware UTC.

    `year` is the one it is, or is to be, registered for; `renewing` says that next year's is asked for.
    `special` says why the unit needs it beside another kind, empty for its first: that one goes to the
    `director`, all others to the whole desk. `checked_at` is when the unit was last asked whether it goes on.
    """

    refusals: ClassVar = Refusals(
        done="这种简报{done}，不能重复办理。",
        others="简报由{whose}核准备案，您不能代为办理。",
        article=ARTICLE,
    )

    unit: Unit
    title: str
    cycle: Cycle
    readers: Readers
    submitted_by: Official
    submitted_at: datetime
    year: int
    special: str = ""
    director: Official | None = None
    renewing: bool = False
    state: BriefingState = BriefingState.PENDING
    comment: str = ""
    checked_at: datetime | None = None
    stopped_at: datetime | None = None
    issues: list[Issue] = field(default_factory=list)
    id: int = field(init=False)

    @property
    def owner(self) -> Official | None:
        """The director for a second kind, else nobody's alone: the desk's."""
        return self.director

    @property
    def waiting(self) -> bool:
        """Whether somebody has to decide on it."""
        return self.state is BriefingState.PENDING or (
            self.renewing and self.state is BriefingState.REGISTERED
        )

    @property
    def outcome(self) -> str:
        """核准备案 or 不予备案; empty while it waits."""
        refused = self.state is BriefingState.DECLINED
        return "" if self.waiting else "不予备案" if refused else "核准备案"

    def submit(self, official: Official, others: Iterable["Briefing"], roster: Roster, now: datetime) -> None:
        """Ask for its registration: of the desk, for a second kind of the director (art. 66)."""
        may_send(official, self.unit)
        kept = [one for one in others if one is not self and one.state in LIVE]
        if same := next((one for one in kept if one.title == self.title), None):
            raise Refused(f"《{self.title}》{same.state}，不必重复申请；报送新一期请发「简报」。", ARTICLE)
        if len(kept) < KINDS:
            self.special = ""
        elif not self.special:
            raise Refused(
                f"{self.unit.name}已有《{kept[0].title}》（{kept[0].state}），每个部门原则上只报送1种简报；"
                "确需增加的，请写明理由，由办公室主任决定",
                ARTICLE,
            )
        self._put(roster, now)

    def _put(self, roster: Roster, now: datetime) -> None:
        """To the director where it is a second kind, else to the desk."""
        directors = roster.with_role(Role.OFFICE_DIRECTOR) if self.special else []
        self.put_to(next(iter(directors), None))
        self.ask(now)

    def put_to(self, director: Official | None) -> None:
        """It is this director's to decide; None: the desk's."""
        self.director = director

    def speaker(self, roster: Roster) -> Official | None:
        """Who of the unit hears of it: who asked for it as long as they are there, else the head."""
        by = self.submitted_by
        return by if by.left_at is None and by.unit is self.unit else roster.head_of(self.unit)

    def lies_with(self, official: Official) -> bool:
        """Whether it waits for them: a second kind for whoever has it, else for anybody at the desk."""
        at_desk = self.director is None and official.role in OFFICE_DESK
        return self.waiting and (at_desk or official is self.holder)

    def require_decider(self, official: Official, stand_in: Official | None) -> None:
        """Refuse whoever may not decide on it now, and what is decided already."""
        at_desk = self.director is None and official.role in OFFICE_DESK
        self.require(official, official if at_desk else stand_in)

    def decide(
        self,
        official: Official,
        approved: bool,
        now: datetime,
        comment: str = "",
        stand_in: Official | None = None,
    ) -> None:
        """核准 or 不予备案: anybody at the desk; a second kind the director, or who stands in for them."""
        self.require_decider(official, stand_in)
        if self.renewing:
            self.year += approved
            self.renewing = False
        else:
            self.state = BriefingState.REGISTERED if approved else BriefingState.DECLINED
        self.decided_by, self.decided_at, self.comment = official, now, comment

    # ------------------------------------------------------------ its issues

    def send(self, official: Official, paper: Paper, now: datetime, roster: Roster) -> Issue:
        """Send the next issue to whoever is to read it; only what is registered may be sent (须核准备案)."""
        may_send(official, self.unit)
        if self.state is not BriefingState.REGISTERED or shanghai_day(now).year > self.year:
            raise Refused(f"《{self.title}》{self.state}，简报须核准备案后报送。", ARTICLE)
        issue = Issue(len(self.issues) + 1, paper.file_id, paper.name, paper.size, paper.photo, official, now)
        issue.readings = [Reading(one) for one in self.readers_in(roster)]
        self.issues.append(issue)
        return issue

    def readers_in(self, roster: Roster) -> Sequence[Official]:
        """Who gets it now, in roster order."""
        leaders = [one for one in roster.officials if one.role in LEADERS]
        if self.readers is Readers.LEADERS:
            return leaders
        heads = {Role.MAYOR} | ({Role.EXECUTIVE_VICE_MAYOR} if self.readers is Readers.HEADS else set())
        in_charge = roster.in_charge_of(self.unit) if self.readers is Readers.IN_CHARGE else None
        return [one for one in leaders if one.role in heads or one is in_charge]

    def read(self, official: Official, number: int, now: datetime) -> Issue:
        """已阅 by one of its readers."""
        issue = next((one for one in self.issues if one.number == number), None)
        mine = [one for one in issue.readings if one.reader is official] if issue else []
        if issue is None or not mine:
            raise Refused("这一期简报没有送您阅。", ARTICLE)
        for one in mine:
            one.read_at = one.read_at or now
        return issue

    # ------------------------------------------------------------ its end

    def check(self, now: datetime) -> None:
        """The unit is asked whether it goes on; its next silence is counted from here."""
        self.checked_at = now

    def go_on(self, official: Official, roster: Roster, now: datetime) -> None:
        """The unit keeps it; in December that asks for next year's registration."""
        may_send(official, self.unit)
        if self.state is not BriefingState.REGISTERED:
            raise Refused(f"《{self.title}》{self.state}，请发「简报备案」重新申请。", ARTICLE)
        if self.renewing:
            raise Refused(f"《{self.title}》已申请续报，待{self.whose}核准。", ARTICLE)
        self.check(now)
        if shanghai_day(now) >= renewal_from(self.year):
            self.renewing = True
            self._put(roster, now)

    def stop(self, official: Official | None, now: datetime) -> None:
        """停办, by the unit, or by itself when its year is over."""
        if official is not None:
            may_send(official, self.unit)
        if self.state not in LIVE:
            raise Refused(f"《{self.title}》{self.state}。")
        self.state, self.stopped_at = BriefingState.STOPPED, now


def renewal_from(year: int) -> date:
    """From when on next year's registration may be asked for: 1 December (办公室规定)."""
    return date(year, 12, 1)


def year_from(today: date) -> int:
    """The year that what is registered today is registered for: from December on the next one."""
    return today.year + (today >= renewal_from(today.year))


def may_see(briefing: Briefing, official: Official) -> bool:
    """The office and the leaders every one, a unit's head and liaisons its own."""
    own = official.role in SENDERS and official.unit is briefing.unit
    return own or official.role in OFFICE_DESK | LEADERS


def may_send(official: Official, unit: Unit) -> None:
    """Refuses whoever is neither head nor liaison of the unit."""
    if official.role not in SENDERS or official.unit is not unit:
        raise Refused(f"《简报》由{unit.name}主要负责人或联络员报送。", ARTICLE)
