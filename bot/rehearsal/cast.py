"""Who is meant: 住建局联络员, 区长, 财政局分管副区长, a name, 财政局群, 路人甲 -> the account on Telegram."""

import re
from collections.abc import Mapping, Sequence

from rules.roster import LEADERS, OFFICE_DESK, Official, Role, Roster, Unit, UnitKind

STRANGER = "路人"
EVERYBODY = "全体"
GROUP = "群"
_FIRST_STRANGER = 8_000_000_001
_FIRST_TOPIC = -90_000_000_001
_TOPIC = re.compile(r"(?P<group>\S+群)「(?P<topic>[^」]+)」")
_ALONE = LEADERS | OFFICE_DESK
"""Roles that say who it is without a unit."""


class Unknown(Exception):  # noqa: N818 - said to the writer in their own words
    """Nobody, or more than one, is called so; `str()` is for the one who wrote it."""


class Cast:
    """The people of a roster with their accounts, the units' groups, and strangers as they are first named.

    `accounts` gives each official's Telegram user id by their id in the roster, bound or not; `groups` the
    chat id of each unit's group by the unit's id.
    """

    def __init__(self, roster: Roster, accounts: Mapping[int, int], groups: Mapping[int, int]) -> None:
        self._roster = roster
        self._accounts = dict(accounts)
        self._officials = {account: roster.by_id(official) for official, account in accounts.items()}
        self._groups = {f"{unit.name}{GROUP}": groups[unit.id] for unit in roster.units if unit.id in groups}
        self._strangers: dict[str, int] = {}
        self._topics: dict[int, tuple[int, int]] = {}
        self._left: list[Official] = []
        self._spoken: dict[int, str] = {}  # what the rehearsal itself calls a person
        self._found: dict[str, list[Official]] = {}  # who is called so, by this roster
        self._wholes = self._whole_units()

    def follow(self, roster: Roster, accounts: Mapping[int, int]) -> None:
        """Another roster is in force: people are called by their new posts. Who left keeps their account."""
        self._left += [one for one in self._roster.officials if roster.by_id(one.id) is None]
        self._roster = roster
        self._accounts |= accounts
        self._spoken.clear()
        self._found.clear()
        self._wholes = self._whole_units()
        self._officials |= {account: roster.by_id(official) for official, account in accounts.items()}

    def official(self, called: str) -> Official:
        """The one official who is called so."""
        found = self._find(called)
        if not found:
            raise Unknown(f"花名册上没有“{called}”")
        if len(found) > 1:
            raise Unknown(f"“{called}”有{len(found)}位（{'、'.join(one.name for one in found)}），请写姓名")
        return found[0]

    def account(self, called: str) -> int:
        """The Telegram user id of that person; a 路人… has one from the first time they are named."""
        if called.startswith(STRANGER):
            return self._strangers.setdefault(called, _FIRST_STRANGER + len(self._strangers))
        account = self._accounts[self.official(called).id]
        self._spoken.setdefault(account, called)
        return account

    def chats(self, called: str) -> list[int]:
        """The chats meant by a receiver: one person, a group, or everybody of a unit (办公室全体)."""
        if self.is_group(called):
            return [self.group(called)]
        if called.endswith(EVERYBODY):
            unit = self.unit(called.removesuffix(EVERYBODY))
            return [self._accounts[one.id] for one in self._roster.of(unit)]
        return [self.account(called)]

    def is_group(self, called: str) -> bool:
        """Whether that is a group chat and not a person."""
        return called.endswith(GROUP) or _TOPIC.fullmatch(called) is not None

    def group(self, called: str) -> int:
        """The chat id of 财政局群 and the like; a topic of it (财政局群「通知」) is a place of its own."""
        topic = _TOPIC.fullmatch(called)
        if topic and called not in self._groups:
            place = _FIRST_TOPIC - len(self._topics)
            self._topics[place] = (self.group(topic["group"]), len(self._topics) + 2)
            self._groups[called] = place
        if called not in self._groups:
            raise Unknown(
                f"没有“{called}”这个群（各单位的群写作某某局群；另外的群要先写“某人 建群 {called}”）"
            )
        return self._groups[called]

    def chat_and_topic(self, place: int) -> tuple[int, int]:
        """The chat id and the number of its topic, 0 for none, that this place stands for."""
        return self._topics.get(place, (place, 0))

    def place(self, chat: int, topic: int) -> int:
        """The place that the rehearsal names for this topic of the chat; the chat itself for none."""
        return next((place for place, there in self._topics.items() if there == (chat, topic)), chat)

    def unit(self, called: str) -> Unit:
        """The unit of that name; 办公室 is the district office's own whatever it is called in full."""
        unit = self._roster.unit(called) or next(
            (one for one in self._roster.units if called == "办公室" and one.kind is UnitKind.OFFICE), None
        )
        if unit is None:
            raise Unknown(f"花名册上没有单位“{called}”")
        return unit

    def add_group(self, called: str, chat: int) -> None:
        """A new group, or a new chat id of one that moved (the old id stands for it no longer)."""
        self._groups[called] = chat

    def called(self, chats: Sequence[int]) -> str:
        """How a rehearsal names these chats: as it did before, or in the plainest form that leads back."""
        rest, whole = list(chats), []
        for unit, everybody in self._wholes:
            office = unit.kind is UnitKind.OFFICE  # whose desk is often told together with others
            if everybody <= set(rest) if office else everybody == set(rest):
                rest = [chat for chat in rest if chat not in everybody]
                whole.append(("办公室" if office else unit.name) + EVERYBODY)
        return "、".join([*(self._called(chat) for chat in rest), *whole])

    def _called(self, chat: int) -> str:
        if chat in self._spoken:
            return self._spoken[chat]
        official = self._officials.get(chat)
        if official is None:
            others = {id_: name for name, id_ in (self._groups | self._strangers).items()}
            return others.get(chat, f"聊天{chat}")
        role = official.role.value if official.role in _ALONE else f"{official.unit.name}{official.role}"
        for form in (role, official.name):
            if [one.id for one in self._find(form)] == [official.id]:
                return form
        return f"{official.name}({official.unit.name})"

    def _whole_units(self) -> list[tuple[Unit, set[int]]]:
        """The units of more than one person, with the accounts of all in each."""
        accounts: dict[int, set[int]] = {}
        for one in self._roster.officials:
            accounts.setdefault(one.unit.id, set()).add(self._accounts[one.id])
        wholes = [(unit, accounts.get(unit.id, set())) for unit in self._roster.units]
        return [(unit, everybody) for unit, everybody in wholes if len(everybody) > 1]

    def _find(self, called: str) -> list[Official]:
        if called not in self._found:
            self._found[called] = self._look_for(called)
        return self._found[called]

    def _look_for(self, called: str) -> list[Official]:
        everybody = self._roster.officials
        if called == Role.OFFICE_STAFF:  # the desk speaks through its first clerk
            return self._roster.with_role(Role.OFFICE_STAFF)[:1]
        if named := self._roster.named(called):
            return named
        if called in _ALONE:
            return self._roster.with_role(Role(called))
        if called.endswith("分管副区长") and (unit := self._roster.unit(called.removesuffix("分管副区长"))):
            charge = self._roster.in_charge_of(unit)
            return [charge] if charge else []
        found = [
            one
            for one in everybody
            if called
            in (
                f"{one.unit.name}{one.role}",
                one.post_in_full,
                f"{one.unit.name}{one.post}",
                f"{one.post_in_full}{one.name}",
            )
        ]
        return found or [one for one in self._left if called in (one.name, f"{one.name}({one.unit.name})")]
