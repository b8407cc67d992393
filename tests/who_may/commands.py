"""Every command tried by one of every role; nothing of it stays."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from bot.rehearsal.scene import Preparation
from rules.roster import Unit, UnitKind
from tests.cast import beijing
from tests.who_may.trial import (
    FORGED_MESSAGE,
    NOBODY,
    RELATIONS,
    ROLES,
    STRANGE,
    STRANGER,
    WhoStage,
    other_unit,
)

MONDAY: Final = beijing("2026-11-30 09:00")


class CommandStage(WhoStage):
    """Every command by one of every role, in private or in a department's group."""

    async def commands(self, at: datetime, names: Sequence[str]) -> dict[str, dict[str, str]]:
        """What they come to; after a start of its own."""
        await self.open(at, Preparation())
        async with self._house.office.work("look") as work:
            roster = await work.roster()
        own = next(unit for unit in roster.units if unit.kind is UnitKind.DEPARTMENT)
        found = {}
        for name in names:
            marks = dict.fromkeys(RELATIONS, NOBODY)
            for role, find in ROLES.items():
                if people := find(roster, own, other_unit(roster.of(own)[0], roster)):
                    marks[role] = await self._command(name, self._phone(people[0]), own)
            stranger = STRANGE
            marks[STRANGER] = await self._command(name, stranger, own)
            found[name] = marks
        await self.close()
        return found

    async def _command(self, name: str, user: dict[str, Any], own: Unit) -> str:
        text = name.removeprefix("群")
        private = {"id": user["id"], "type": "private", "first_name": user["first_name"]}
        group = {"id": own.group_chat_id, "type": "supergroup", "title": "群"}
        message = {
            "message_id": FORGED_MESSAGE,
            "from": user,
            "chat": private if text == name else group,
            "date": int(self._house.clock.now().timestamp()),
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}],
        }
        async with self._trial() as work:
            return await self._within(work, {"update_id": 1, "message": message})
        raise AssertionError("unreachable")
