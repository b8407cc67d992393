"""The roster (花名册): units, officials, and who stands where (art. 5, 7, 9, 10, 11)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.quiet.choice import Choice
from rules.spelling import folded, same


class UnitKind(StrEnum):
    """类别 of a unit."""

    LEADERS = "区政府领导"
    OFFICE = "办公室"
    DEPARTMENT = "部门"
    TOWN = "镇街"
    ZONE = "开发区"
    OTHER = "其他"


class Role(StrEnum):
    """角色 of an official."""

    MAYOR = "区长"
    EXECUTIVE_VICE_MAYOR = "常务副区长"
    VICE_MAYOR = "副区长"
    OFFICE_DIRECTOR = "办公室主任"
    OFFICE_DEPUTY = "办公室副主任"
    OFFICE_STAFF = "办公室"
    UNIT_HEAD = "主要负责人"
    DEPUTY_HEAD = "班子成员"
    LIAISON = "联络员"
    COUNSEL = "法律顾问"


VICE_MAYORS = frozenset({Role.EXECUTIVE_VICE_MAYOR, Role.VICE_MAYOR})
LEADERS = VICE_MAYORS | {Role.MAYOR}
OFFICE_DESK = frozenset({Role.OFFICE_DIRECTOR, Role.OFFICE_DEPUTY, Role.OFFICE_STAFF})


@dataclass(eq=False)
class Unit:
    """单位. `portfolio_id` is the vice mayor in charge (分管领导); `group_chat_id` its bound group chat.

    `group_topic_id` is the topic of a forum in which it was bound, `group_refused_at` (aware UTC) since when
    the group takes nothing from the bot.
    """

    name: str
    full_name: str
    kind: UnitKind
    portfolio_id: int | None = None
    group_chat_id: int | None = None
    group_topic_id: int | None = None
    group_refused_at: datetime | None = None
    closed_at: datetime | None = None
    id: int = field(init=False, repr=False)

    def called(self, name: str) -> bool:
        """Whether that is its short or full name, however it is spelt."""
        return same(name, self.name) or same(name, self.full_name)

    # ------------------------------------------------------------ what a roster says of it

    def become(self, name: str, full_name: str, kind: UnitKind) -> None:
        """It is called so from now on, and is of that kind."""
        self.name, self.full_name, self.kind = name, full_name, kind

    def put_in_charge(self, leader: "Official | None") -> None:
        """The vice mayor in charge of it (分管)."""
        self.portfolio_id = leader.id if leader else None

    def close(self, now: datetime) -> None:
        """It is no more (撤并), and its group is told nothing."""
        self.closed_at, self.group_chat_id = now, None

    # ------------------------------------------------------------ its group

    def bind_group(self, chat_id: int, topic_id: int | None) -> int | None:
        """It has this group from now on, in that topic of a forum; gives back the one it had."""
        former, self.group_chat_id = self.group_chat_id, chat_id
        self.group_topic_id, self.group_refused_at = topic_id, None
        return former

    def lose_group(self) -> None:
        """It has no group any more."""
        self.group_chat_id = self.group_topic_id = self.group_refused_at = None

    def group_becomes(self, chat_id: int | None) -> None:
        """Telegram has given its group another number; None: the group of that number has another unit."""
        self.group_chat_id = chat_id

    def move_to_topic(self, topic_id: int | None) -> None:
        """The same group is told in another topic; None: in none."""
        self.group_topic_id = topic_id

    def group_refuses(self, now: datetime | None) -> None:
        """Its group takes nothing from the bot since then; None: it does again."""
        self.group_refused_at = now


def desk_acts_for(unit: Unit, official: "Official") -> bool:
    """Whether they act for a unit that is no more: the desk does until another takes over (art. 10)."""
    return unit.closed_at is not None and official.role in OFFICE_DESK


@dataclass(eq=False)
class Official:
    """人员. `backup_id` names the standing substitute (补位, art. 9); `left_at` is set once they have left.

    `username` is what a leader is called in Telegram after the @, as last seen; empty for others. `quiet` is
    what their phone rings for.
    """

    name: str
    unit: Unit
    post: str
    role: Role
    phone: str = ""
    backup_id: int | None = None
    telegram_id: int | None = None
    left_at: datetime | None = None
    username: str = ""
    quiet: Choice = Choice.ACTS
    id: int = field(init=False, repr=False)

    def become(self, name: str, unit: Unit, post: str, role: Role, phone: str) -> None:
        """What a roster says of them from now on."""
        self.name, self.unit, self.post, self.role, self.phone = name, unit, post, role, phone

    def back_up_by(self, official: "Official | None") -> None:
        """Their standing substitute (补位, art. 9)."""
        self.backup_id = official.id if official else None

    def choose(self, quiet: Choice) -> None:
        """What their phone rings for from now on (提醒设置)."""
        self.quiet = quiet

    def leave_office(self, now: datetime) -> None:
        """They have left office."""
        self.left_at = now

    def come_back(self) -> None:
        """They are in office again."""
        self.left_at = None

    def bind(self, account: int | None) -> None:
        """The Telegram account they use; None: none any more."""
        self.telegram_id = account

    def seen_as(self, username: str) -> None:
        """What Telegram calls a leader now: others name them by it (art. 86). Nobody else's is kept."""
        if self.role in LEADERS and self.username != username:
            self.username = username

    @property
    def titled(self) -> str:
        """Name with unit and post, as a notice introduces a person: 财政局局长 某某."""
        return f"{self.post_in_full} {self.name}"

    @property
    def post_in_full(self) -> str:
        """Post with the unit before it, unless the post already bears it (区长, 财政局局长)."""
        if self.role in LEADERS or self.post.startswith(self.unit.name):
            return self.post
        return f"{self.unit.name}{self.post}"


def split_name(text: str) -> tuple[str, str]:
    """姓名(单位), with brackets of either width, as name and unit; the unit is empty where none is given."""
    bracketed = re.fullmatch(r"\s*([^(（]+)[(（](.+)[)）]\s*", text)
    return (bracketed[1].strip(), bracketed[2].strip()) if bracketed else (text.strip(), "")


_TWO_SIGNS = re.compile(
    "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|独孤|南宫|宇文|长孙|申屠|轩辕|呼延|拓跋"
)
_LONGEST_NAME = 4


def surname(name: str) -> str:
    """The surname of a Chinese name; a name of another kind (买买提·艾力) stays whole."""
    two = _TWO_SIGNS.match(name)
    return name if len(name) > _LONGEST_NAME else two[0] if two else name[:1]


_REMARK = re.compile(
    r"[男女大小]|.{1,6}族|少数民族|党外|中共党员|民主党派|无党派|挂职|借调|兼|兼任|主持工作|[正副]职"
    r"|.{0,10}(?:长|主任|书记|科员|干部|主席|委员|调研员)"
)


def is_remark(bracketed: str) -> bool:
    """Whether what stands in brackets behind a name says something of the person: 女，回族."""
    words = re.split(r"[，,、；;\s]+", bracketed.strip())
    return all(_REMARK.fullmatch(word) for word in words)


class Roster:
    """Everybody now in office, with the questions the rules ask of them.

    `left` are those who have left: nothing is asked of them, but one may come back.
    """

    def __init__(self, units: Iterable[Unit], officials: Iterable[Official]) -> None:
        self.units = [unit for unit in units if unit.closed_at is None]
        everybody = list(officials)
        self.officials = [official for official in everybody if official.left_at is None]
        self.left = [official for official in everybody if official.left_at is not None]
        self._by_id = {official.id: official for official in self.officials}

    def by_id(self, id: int | None) -> Official | None:
        """The official, or None for nobody, an unknown id or one who has left."""
        return self._by_id.get(id) if id is not None else None

    def unit(self, name: str) -> Unit | None:
        """The unit of that short or full name."""
        return next((unit for unit in self.units if unit.called(name)), None)

    def with_role(self, *roles: Role) -> list[Official]:
        """Those who hold one of the roles, in roster order."""
        return [official for official in self.officials if official.role in roles]

    def of(self, unit: Unit, *roles: Role) -> list[Official]:
        """The unit's people, of these roles or of all."""
        return [o for o in self.officials if o.unit is unit and (not roles or o.role in roles)]

    def named(self, name: str) -> list[Official]:
        """Everybody so called; 姓名(单位) or 姓名（单位） names one of several, 姓名（女） does not."""
        person, unit = split_name(name)
        whole, alone = folded(name), folded(person)
        if literally := [official for official in self.officials if folded(official.name) == whole]:
            return literally
        named = [official for official in self.officials if folded(official.name) == alone]
        of_unit = [official for official in named if official.unit.called(unit)]
        return named if not unit or (not of_unit and is_remark(unit)) else of_unit

    @property
    def mayor(self) -> Official | None:
        """区长."""
        return next(iter(self.with_role(Role.MAYOR)), None)

    @property
    def executive_vice_mayor(self) -> Official | None:
        """The vice mayor who presides when the mayor is away (负责常务工作的副区长, art. 7)."""
        return next(iter(self.with_role(Role.EXECUTIVE_VICE_MAYOR)), None)

    def head_of(self, unit: Unit) -> Official | None:
        """The unit's head (主要负责人); for the office its director."""
        return next(iter(self.of(unit, Role.UNIT_HEAD, Role.OFFICE_DIRECTOR)), None)

    def in_charge_of(self, unit: Unit) -> Official | None:
        """The vice mayor in charge of the unit (分管副区长, art. 9)."""
        return self.by_id(unit.portfolio_id)

    @property
    def desk(self) -> list[Official]:
        """The office desk: director, deputies and staff of the 区政府办公室."""
        return self.with_role(*OFFICE_DESK)

    def next_in_line(self, official: Official) -> list[Official]:
        """Who is told in the person's place when they cannot be reached, nearest first; the desk comes last.

        A unit's deputies for its head and its head for the others, the backup for a vice mayor (art. 9).
        """
        if official.role in LEADERS:
            near: list[Official | None] = [self.by_id(official.backup_id)]
        elif official.role in (Role.UNIT_HEAD, Role.OFFICE_DIRECTOR):
            near = [*self.of(official.unit, Role.DEPUTY_HEAD, Role.OFFICE_DEPUTY)]
        else:
            near = [self.head_of(official.unit)]
        return [one for one in near if one is not None and one is not official]
