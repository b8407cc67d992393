"""Who is meant: 住建局联络员, 区长, 财政局分管副区长, a name, 财政局群, 路人甲 -> the account on Telegram."""

from collections.abc import Mapping

from rules.roster import LEADERS, OFFICE_DESK, Official, Role, Roster, Unit, UnitKind

STRANGER = "路人"
EVERYBODY = "全体"
GROUP = "群"
_ALONE = LEADERS | OFFICE_DESK
"""Roles that say who it is without a unit."""


class Unknown(Exception):  # noqa: N818 - said to the writer in his own words
    """Nobody, or more than one, is called so; `str()` is for the one who wrote it."""


class Cast:
    """The people of a roster with their accounts, and the strangers and groups as they are first named.

    `accounts` gives each official's Telegram user id by his id in the roster, bound or not.
    """

    def __init__(self, roster: Roster, accounts: Mapping[int, int]) -> None:
        self._roster = roster
        self._accounts = dict(accounts)
        self._officials = {account: roster.by_id(official) for official, account in accounts.items()}
        self._others: dict[int, str] = {}

    def official(self, called: str) -> Official:
        """The one official who is called so."""
        found = self._find(called)
        if not found:
            raise Unknown(f"花名册上没有“{called}”")
        if len(found) > 1:
            raise Unknown(f"“{called}”有{len(found)}位（{'、'.join(one.name for one in found)}），请写姓名")
        return found[0]

    def account(self, called: str) -> int:
        """The Telegram user id of that person; a 路人… has one from the first time he is named."""
        if called.startswith(STRANGER):
            return self._other(called, 990_000_001)
        return self._accounts[self.official(called).id]

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
        return called.endswith(GROUP)

    def group(self, called: str) -> int:
        """The chat id of 财政局群 and the like; it exists from the first time it is named."""
        return self._other(called, -990_000_001)

    def unit(self, called: str) -> Unit:
        """The unit of that name; 办公室 is the district office's own whatever it is called in full."""
        unit = self._roster.unit(called) or next(
            (one for one in self._roster.units if called == "办公室" and one.kind is UnitKind.OFFICE), None
        )
        if unit is None:
            raise Unknown(f"花名册上没有单位“{called}”")
        return unit

    def moved(self, old: int, new: int) -> None:
        """A group became a supergroup: from now on its name means the new chat."""
        self._others[new] = self._others.pop(old)

    def called(self, chat: int) -> str:
        """How a rehearsal names that chat: the plainest form that leads back to it."""
        official = self._officials.get(chat)
        if official is None:
            return self._others.get(chat, f"聊天{chat}")
        role = official.role.value if official.role in _ALONE else f"{official.unit.name}{official.role}"
        for form in (role, official.name):
            if [one.id for one in self._find(form)] == [official.id]:
                return form
        return f"{official.name}({official.unit.name})"

    def _other(self, called: str, first: int) -> int:
        for chat, name in self._others.items():
            if name == called:
                return chat
        step = 1 if first > 0 else -1
        chat = first + step * len(self._others)
        self._others[chat] = called
        return chat

    def _find(self, called: str) -> list[Official]:
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
        return [
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
