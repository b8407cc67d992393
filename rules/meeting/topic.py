"""A topic of a meeting's agenda (议题), with the gates it has to pass before the meeting (art. 52-54)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from rules.periods import Periods
from rules.refused import Partly, Refused
from rules.roster import Official, Roster, Unit
from rules.todo import Refusals, Todo
from rules.working_days import Calendar, Deadline


class GateKind(StrEnum):
    """What has to be done by a date counted back from the meeting (art. 54), in the words people read."""

    MATERIALS = "议题材料送审"
    MAYOR = "向区长汇报、印制材料"
    COMMITTEE = "向区委报备、送达材料"


class LateState(StrEnum):
    """Where a late topic (临时议题, art. 54) stands with the mayor."""

    PENDING = "待区长审定"
    APPROVED = "区长已同意"
    DECLINED = "区长未同意"
    LAPSED = "会前未审定"


def gate_deadlines(day: date, calendar: Calendar, periods: Periods) -> dict[GateKind, Deadline]:
    """W-10, W-5 and W-3 before the Shanghai day of the meeting (art. 54)."""
    return {
        GateKind.MATERIALS: calendar.before(day, periods.topic_materials),
        GateKind.MAYOR: calendar.before(day, periods.mayor_report),
        GateKind.COMMITTEE: calendar.before(day, periods.committee_filing),
    }


@dataclass(eq=False)
class Gate:
    """One gate of a topic: due by the end of `due` (a Shanghai date), done or not.

    `nudged_at` is up to when its reminders have gone out, or were not due.
    """

    kind: GateKind
    due: date
    done_at: datetime | None = None
    done_by: Official | None = None
    nudged_at: datetime | None = None
    id: int = field(init=False)
    topic_id: int = field(init=False)

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None

    def reminded(self, now: datetime) -> None:
        """Up to now its reminders have gone out, or were not due."""
        self.nudged_at = now

    def done(self, official: Official, now: datetime) -> None:
        """Tick it off; a second time is refused."""
        if self.done_at is not None:
            raise Refused(f"“{self.kind}”已经登记，无需重复。")
        self.done_at, self.done_by = now, official


@dataclass(eq=False)
class LateTopic(Todo[Official | None]):
    """Whether a topic added inside W-10 (临时议题, art. 54) is heard: the mayor decides, given a reason.

    `mayor` is whom it was laid before, None as long as the office has not.
    """

    refusals: ClassVar = Refusals(
        others="临时议题由区长审定。", done="这项议题已由{by}审定：{outcome}。", article=54
    )

    reason: str = ""
    state: LateState = LateState.PENDING
    mayor: Official | None = None
    id: int = field(init=False)
    topic_id: int = field(init=False)

    def lapse(self, now: datetime) -> None:
        """The meeting has begun: whoever presides goes by the agenda without it."""
        self.state, self.decided_at = LateState.LAPSED, now

    def put_to(self, mayor: Official | None) -> None:
        """Another is mayor now; None: nobody."""
        self.mayor = mayor

    @property
    def owner(self) -> Official | None:
        """The mayor."""
        return self.mayor

    @property
    def outcome(self) -> str:
        """What the mayor has said."""
        return "" if self.state is LateState.PENDING else self.state


_LATE = {LateState.PENDING: "（临时议题，待区长审定）", LateState.LAPSED: "（临时议题，会前未审定，不列入）"}


@dataclass(eq=False)
class Topic:
    """One topic. `minutes` is its estimated length, 0 where nobody said.

    `countersign_id` is the countersign of type 议题 behind it (art. 53). `legal` says that it needs the legal
    review (art. 53), `legal_at` when that was done. `admission` is set where it was added inside W-10
    (临时议题, art. 54). Instants are aware UTC.
    """

    number: int
    title: str
    unit: Unit | None = None
    minutes: int = 0
    countersign_id: int | None = None
    legal: bool = False
    legal_at: datetime | None = None
    legal_by: Official | None = None
    added_at: datetime | None = None
    admission: LateTopic | None = None
    gates: list[Gate] = field(default_factory=list)
    id: int = field(init=False)
    meeting_id: int = field(init=False)

    @property
    def late(self) -> LateState | None:
        """Where it stands with the mayor, if it is 临时."""
        return self.admission.state if self.admission else None

    @property
    def said(self) -> str:
        """For a line of the agenda: 城市更新管理办法（住建局，约20分钟）."""
        minutes = f"约{self.minutes}分钟" if self.minutes else ""
        about = "，".join(filter(None, [self.unit.name if self.unit else "", minutes]))
        late = _LATE.get(self.late, "") if self.late else ""
        return (f"{self.title}（{about}）" if about else self.title) + late

    @property
    def numbered(self) -> str:
        """The same with its number before it."""
        return f"{self.number}. {self.said}"

    def gate(self, kind: GateKind) -> Gate | None:
        """The gate of that kind, where the topic has one."""
        return next((gate for gate in self.gates if gate.kind is kind), None)

    def count_gates(self, deadlines: dict[GateKind, Deadline]) -> list[tuple[Gate, date]]:
        """Set the dates anew; gives the open gates that moved, each with its former date."""
        moved = []
        for kind, deadline in deadlines.items():
            gate = self.gate(kind)
            if gate is None:
                self.gates.append(Gate(kind, deadline.day))
            elif gate.open and gate.due != deadline.day:
                moved.append((gate, gate.due))
                gate.due = deadline.day
        return moved


# ---------------------------------------------------------------- an agenda as people write it

_NUMBER = re.compile(r"^\s*(?:议题)?\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、)）．:：]\s*")
_COUNTED = re.compile(r"^\s*(\d{1,2})\s*[.、．)）](?!\d)")
_BRACKET = re.compile(r"[（(]([^（）()]*)[）)]\s*[。；;]?$")
_MINUTES = re.compile(r"^(?:约|预计)?(\d{1,3})\s*(?:分钟|分|min)$")
_SHEET = re.compile(r"^会签\s*(?:第)?(\d{1,9})\s*号?$")
_LEGAL = re.compile(r"^(?:须|需|要)?(?:经)?(?:合法性)?审查$")
_BETWEEN = re.compile(r"[，,、；;\s]+")
LONGEST_TITLE = 120


@dataclass(frozen=True)
class TopicLine:
    """One line of an agenda, read."""

    title: str
    unit: Unit | None = None
    minutes: int = 0
    countersign_id: int | None = None
    legal: bool = False


def read_agenda(text: str, roster: Roster) -> list[TopicLine]:
    """The topics of a note, one a line: 1. 城市更新管理办法（住建局，20分钟，须合法性审查，会签12号）.

    `Partly` where some of them cannot be read: the others are kept as they were written.
    """
    lines = agenda_lines(text)
    read: list[TopicLine] = []
    wrong: list[tuple[int, Refused]] = []
    for place, line in enumerate(lines):
        try:
            read.append(_line(_NUMBER.sub("", line).strip(" ；;"), place + 1, roster))
        except Refused as refused:
            wrong.append((place, refused))
    if wrong:
        bad = {place for place, _ in wrong}
        first = wrong[0][0]
        raise Partly(
            "\n".join(line for place, line in enumerate(lines) if place not in bad),
            [(lines[place], refused) for place, refused in wrong],
            ("\n".join(lines[:first]), lines[first], "\n".join(lines[first + 1 :])),
        )
    return read


def agenda_lines(text: str) -> list[str]:
    """The topics as they were written, one each, numbers and all."""
    each = (topic.strip() for line in text.split("\n") for topic in _numbered(line))
    return [line for line in each if _NUMBER.sub("", line).strip(" ；;")]


def with_unit(line: str, unit: Unit, roster: Roster) -> str:
    """The topic with this unit to report it, in place of what could not be read or beside what could."""
    bracket = _BRACKET.search(line)
    if bracket is None:
        return f"{line}（{unit.name}）"
    details = [detail for detail in _BETWEEN.split(bracket[1]) if detail]
    readable = [detail for detail in details if _detail(detail, roster) and not roster.unit(detail)]
    title = line[: bracket.start()] if readable or len(details) > 1 else line
    return f"{title}（{'，'.join([unit.name, *readable])}）"


def _numbered(line: str) -> Iterator[str]:
    """The topics that stand in one line: 1. 城市更新（住建局） 2. 预算调整（财政局）.

    Only a number that continues the count parts them, so that 2.0版 in a title stays where it is.
    """
    first = _COUNTED.match(line)
    number, begin = (int(first[1]), 0) if first else (0, 0)
    while first:
        next_one = re.compile(rf"(?<=[\s；;）)。]){number + 1}\s*[.、．)）](?!\d)")
        found = next_one.search(line, begin)
        if found is None:
            break
        yield line[begin : found.start()]
        number, begin = number + 1, found.start()
    yield line[begin:]


def _line(line: str, number: int, roster: Roster) -> TopicLine:
    bracket = _BRACKET.search(line)
    known = roster.unit(line.rsplit(maxsplit=1)[-1]) if len(line.split()) > 1 else None
    if bracket is None and known is not None:  # 城市更新管理办法 住建局
        line, bracketed = line.rsplit(maxsplit=1)
    elif bracket is not None:
        line, bracketed = line[: bracket.start()].strip(), bracket[1]
    else:
        bracketed = ""
    details = [detail for detail in _BETWEEN.split(bracketed) if detail]
    read = [_detail(detail, roster) for detail in details]
    if details and not any(read):  # a bracket of the title itself: （征求意见稿）
        line, read = f"{line}（{bracketed}）", []
    unknown = [detail for detail, found in zip(details, read, strict=False) if not found]
    if unknown:
        raise Refused(f"议题{number}的“{unknown[0]}”看不懂，括号里写单位和分钟，例：（住建局，20分钟）")
    merged: dict[str, Unit | int | bool] = {key: value for found in read for key, value in found.items()}
    if not line:
        raise Refused(f"议题{number}没有写题目")
    if len(line) > LONGEST_TITLE:
        raise Refused(f"议题{number}的题目有{len(line)}个字，请压缩到{LONGEST_TITLE}个字以内")
    return TopicLine(line, **merged)  # type: ignore[arg-type]  # keys and kinds go together in _detail


def _detail(detail: str, roster: Roster) -> dict[str, Unit | int | bool]:
    if unit := roster.unit(detail.removesuffix("汇报").removeprefix("汇报单位").lstrip(":：")):
        return {"unit": unit}
    if minutes := _MINUTES.match(detail):
        return {"minutes": int(minutes[1])}
    if sheet := _SHEET.match(detail):
        return {"countersign_id": int(sheet[1])}
    return {"legal": True} if _LEGAL.match(detail) else {}


def starts_at(topic: Topic, topics: Iterable[Topic], meeting: datetime) -> datetime | None:
    """About when it comes in a meeting that starts then; None where one before it does not say how long."""
    before = [one.minutes for one in topics if one.number < topic.number]
    return meeting + timedelta(minutes=sum(before)) if all(before) else None


def say_agenda(topics: Iterable[Topic | TopicLine]) -> str:
    """The agenda as it is written."""
    return "\n".join(f"{number}. {_say(topic)}" for number, topic in enumerate(topics, 1))


def _say(topic: Topic | TopicLine) -> str:
    about = [
        topic.unit.name if topic.unit else "",
        f"{topic.minutes}分钟" if topic.minutes else "",
        "须合法性审查" if topic.legal else "",
        f"会签{topic.countersign_id}号" if topic.countersign_id else "",
    ]
    said = "，".join(filter(None, about))
    return f"{topic.title}（{said}）" if said else topic.title


def lay_agenda(now: Sequence[Topic], lines: Sequence[TopicLine], at: datetime) -> list[Topic]:
    """The agenda with these lines; a topic that was there under this title keeps what it has gone through."""
    before = {topic.title: topic for topic in now}
    laid = []
    for number, line in enumerate(lines, 1):
        topic = before.get(line.title) or Topic(number, line.title, added_at=at)
        topic.number, topic.unit, topic.minutes = number, line.unit, line.minutes
        topic.legal = line.legal or topic.legal
        topic.countersign_id = line.countersign_id or topic.countersign_id
        laid.append(topic)
    return laid
