"""The engine that moves questions from desk to desk and tells their silence, on a kind of no procedure."""

from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, ClassVar, cast

import pytest
from markupsafe import Markup

from matters.todo import Counted
from notices.notice import Notice
from rules.absence import Absences
from rules.dates.reading import Half
from rules.hours import OfficeHours
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.roster import Official
from rules.todo import Refusals, Todo
from rules.working_days import Calendar
from storage.unit_of_work import UnitOfWork
from tests.cast import Cast, beijing

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (beijing(f"2026-11-{day} 09:00") for day in (24, 25, 26, 27))


@dataclass(eq=False)
class Wish(Todo[Official]):
    """A yes/no question."""

    refusals: ClassVar = Refusals(done="{done}", others="{whose}")
    whom: Official
    granted: bool = False

    @property
    def owner(self) -> Official:
        """Whom it is asked of."""
        return self.whom

    @property
    def outcome(self) -> str:
        """同意 once granted."""
        return "同意" if self.granted else ""


@dataclass(eq=False)
class File:
    """A matter with one question."""

    id: int
    wish: Wish
    urgent: bool = False


@dataclass
class Office:
    """A unit of work that only writes down what it is told to do."""

    cast: Cast
    now: datetime
    files: list[File]
    leaves: list[Leave] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    locked: list[int] = field(default_factory=list)
    notes: list[tuple[str, str, Any]] = field(default_factory=list)
    office: Any = field(
        default_factory=lambda: SimpleNamespace(settings=SimpleNamespace(hours=OfficeHours()))
    )

    @property
    def session(self) -> Any:
        """Only who is away."""
        return SimpleNamespace(info={Absences: Absences(self.now, self.cast.roster, self.leaves)})

    async def flush(self) -> None:
        """Nothing is kept."""

    async def roster(self) -> Any:
        """The cast's."""
        return self.cast.roster

    async def calendar(self) -> Calendar:
        """The plain one."""
        return Calendar()

    async def lock(self, _cls: type[File], id: int) -> File:
        """The file of that id."""
        self.locked.append(id)
        return next(one for one in self.files if one.id == id)

    async def note(self, _actor: None, action: str, subject: str, **more: Any) -> None:
        """An audit row."""
        self.notes.append((action, subject, more.get("detail", {})))

    async def send(self, *notices: Notice) -> None:
        """To whom, and the first line."""
        for one in notices:
            assert isinstance(one.to, Official)
            again = f"[{one.reminds.action}]" if one.reminds else ""
            self.done.append(f"{one.to.name}：{again}{str(one.text).splitlines()[0]}")

    async def retire(self, card: str, text: Markup) -> None:
        """A copy says something else at last, and is dead."""
        self.done += [f"{card}={text}", f"{card} 失效"]


async def _open(work: UnitOfWork) -> list[File]:
    return cast("Office", work).files


async def _asked(_work: UnitOfWork, _file: File, wish: Wish, why: str) -> list[Notice]:
    return [Notice(wish.holder, Markup("{}").format(why))]


async def _redraw(_work: UnitOfWork, _file: File, _wish: Wish) -> None:
    return


WISH = Counted[File, Wish](
    matter=File,
    code="wish",
    open=_open,
    waiting=lambda file: [] if file.wish.granted else [file.wish],
    applicant=lambda _file, _wish, _now: None,
    called=lambda file, _wish: f"{file.id}号",
    card=lambda file, wish, holder: f"{file.id}:{'' if holder is wish.whom else holder.name}",
    text=lambda _file, _wish, _roster: Markup("转出"),
    asked=_asked,
    redraw=_redraw,
    urgent=lambda file: file.urgent,
    article=lambda _file: None,
    again=lambda _file, _wish: "请办理",
    silent=lambda file, _wish, roster: [
        Notice(one, Markup("{}号无答复").format(file.id)) for one in roster.desk
    ],
)


@pytest.fixture
def office() -> Office:
    people = Cast()
    return Office(people, TUESDAY, [File(id, Wish(people.mayor, asked_at=TUESDAY), id == 2) for id in (1, 2)])


def off(office: Office, official: Official, acting: Official) -> Leave:
    """They are away from Wednesday to Friday."""
    leave = Leave(
        official,
        LeaveKind.TRIP,
        date(2026, 11, 25),
        Half.AM,
        date(2026, 11, 27),
        Half.PM,
        "济南",
        "开会",
        acting,
        "13800000000",
        TUESDAY,
        state=LeaveState.APPROVED,
    )
    office.leaves.append(leave)
    return leave


async def test_everything_moves_once_and_both_sides_hear_of_it_once(office: Office) -> None:
    work, people = cast("UnitOfWork", office), office.cast
    await WISH.follow(work)
    assert (office.done, office.locked) == ([], [])  # nothing lies astray: nothing is locked
    off(office, people.mayor, people.executive)
    office.now = WEDNESDAY
    await WISH.follow(work)
    await WISH.follow(work)
    assert office.locked == [1, 2]
    assert office.done == [
        "钱玄黄：区长 赵天地外出，请您代为办理。（依据《工作规则》第七条）",
        "钱玄黄：区长 赵天地外出，请您代为办理。（依据《工作规则》第七条）",
        "赵天地：<b>您的待办，已转由钱玄黄代办</b>",
    ]
    what = {"what": "1号", "from": "区长 赵天地", "to": "常务副区长 钱玄黄"}
    assert office.notes[0] == ("wish.follow", "wish:1", what)
    assert [file.wish.asked_at for file in office.files] == [WEDNESDAY, WEDNESDAY]


async def test_coming_back_no_former_copy_is_live(office: Office) -> None:
    work, people = cast("UnitOfWork", office), office.cast
    del office.files[1:]
    leave = off(office, people.mayor, people.executive)
    office.now = WEDNESDAY
    await WISH.follow(work)
    office.done.clear()
    leave.state, office.now = LeaveState.RETURNED, THURSDAY
    await WISH.follow(work)
    assert office.done == [
        "1:钱玄黄=转出",
        "1:钱玄黄 失效",
        "1:=转出",
        "1: 失效",
        "赵天地：这件事转回您本人办理。",
        "钱玄黄：<b>赵天地（区长）的待办已转回本人，您不必再代办</b>",
    ]


async def test_at_night_only_what_is_urgent_moves(office: Office) -> None:
    off(office, office.cast.mayor, office.cast.executive)
    office.now = WEDNESDAY
    await WISH.follow(cast("UnitOfWork", office), only_urgent=True)
    assert [file.wish.stand_in for file in office.files] == [None, office.cast.executive]


async def test_where_nobody_can_the_desk_is_told_and_it_waits_on(office: Office) -> None:
    people, work = office.cast, cast("UnitOfWork", office)
    del office.files[1:]
    off(office, people.mayor, people.executive)
    off(office, people.executive, people.mayor)
    office.now = WEDNESDAY
    await WISH.follow(work)
    wish = office.files[0].wish
    assert (wish.holder, wish.unattended_at, wish.asked_at) == (people.mayor, WEDNESDAY, TUESDAY)
    assert {line.split("：")[0] for line in office.done} == {
        "赵天地",
        *(one.name for one in people.roster.desk),
    }


async def test_silence_is_reminded_of_once_and_then_told_above_once(office: Office) -> None:
    work, file = cast("UnitOfWork", office), office.files[0]
    said = []
    for office.now in (TUESDAY, WEDNESDAY, WEDNESDAY, THURSDAY, FRIDAY):
        office.done.clear()
        await WISH.remind_and_escalate(work, file)
        said.append(list(office.done))
    told = [f"{one.name}：1号无答复" for one in office.cast.roster.desk]
    assert said == [[], ["赵天地：[wish.remind]请办理"], [], told, []]
    assert [action for action, _, _ in office.notes] == ["wish.silent"]


async def test_who_is_away_is_not_reminded(office: Office) -> None:
    work, file = cast("UnitOfWork", office), office.files[0]
    off(office, office.cast.mayor, office.cast.executive)
    office.now = WEDNESDAY  # a working day of silence, and nobody has moved it yet
    await WISH.remind_and_escalate(work, file)
    assert not [line for line in office.done if "[wish.remind]" in line]
    assert file.wish.stand_in is office.cast.executive
    office.now = THURSDAY
    await WISH.remind_and_escalate(work, file)
    assert office.done[-1] == "钱玄黄：[wish.remind]请办理"


async def test_another_owner_is_asked_or_who_stands_in_for_them(office: Office) -> None:
    work, file, people = cast("UnitOfWork", office), office.files[0], office.cast
    off(office, people.executive, people.vice)
    office.now = WEDNESDAY

    def put() -> None:
        file.wish.whom = people.executive

    await WISH.reroute(work, file, file.wish, put, article=58)
    assert (file.wish.holder, file.wish.asked_at) == (people.vice, WEDNESDAY)
    assert office.done[:2] == ["1:=转出", "1: 失效"]
    assert office.done[2].startswith(f"{people.vice.name}：常务副区长 钱玄黄外出，请您代为办理。")
    assert office.notes[0][0] == "wish.reroute"
    file.wish.granted = True
    office.done.clear()
    await WISH.reroute(work, file, file.wish, put)  # nothing is asked of anybody
    assert not [line for line in office.done if "请您" in line]
