"""The field that picks units, one by one or a whole group of them: 各部门, 各镇街, 全部, 同上次."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from typing_extensions import override

from rules.fields.base import Json, Scene
from rules.fields.people import Candidate, Pick, all_there, meant, not_too_many, read_each
from rules.forms import Values
from rules.refused import Refused
from rules.roster import Unit, UnitKind

LIKE_LAST: Final = "同上次"
KINDS_MEANT: Final = {
    "各部门": {UnitKind.DEPARTMENT},
    "各镇街": {UnitKind.TOWN},
    "全部": set(UnitKind),
}
_EVERY: Final = "(?:各|所有|全部|全体|全区各?|区直各?)"


def _alone(words: str) -> re.Pattern[str]:
    """The words where they stand as an entry of a list."""
    return re.compile(rf"(?<![^、，,;；\s和及与])(?:{words})(?![^、，,;；。\s和及与])")


GROUP_WORDS: Final = {
    "各部门": _alone(rf"{_EVERY}(?:区直|区政府)?(?:部门|局|委办局)|区政府各部门|区直部门"),
    "各镇街": _alone(rf"{_EVERY}(?:镇、?街(?:道|办)?|镇办|镇（街道?）|镇\(街道?\)|街镇|乡镇街道?)"),
    "全部": _alone(rf"全部|{_EVERY}(?:有关)?单位"),
    LIKE_LAST: _alone("(?:同|和|与|跟)上一?次(?:的?单位)?(?:一样|相同)?|(?:上一?次|原来)的?单位"),
}
"""What people write for each group."""


@dataclass(frozen=True)
class UnitsField(Pick[list[Unit]]):
    """Several units, at most `most`, among those that `among` gives (all, if it is left out).

    `before` gives the ids of the units of this person's last matter of the kind, for 同上次.
    """

    among: Callable[[Scene], Sequence[Unit]] | None = field(default=None, kw_only=True)
    most: int = field(default=100, kw_only=True)
    before: Callable[[Values], Sequence[int]] | None = field(default=None, kw_only=True)

    @override
    def candidates(self, scene: Scene) -> list[Candidate]:
        return [Candidate(unit.id, unit.name, f"{unit.name} {unit.full_name}") for unit in self._units(scene)]

    @override
    def groups(self, scene: Scene) -> dict[str, list[int]]:
        """各部门, 各镇街, 全部, 同上次: as far as there are several of them and they are not too many."""
        units = self._units(scene)
        there = {unit.id for unit in units}
        found = {
            word: [unit.id for unit in units if unit.kind in kinds] for word, kinds in KINDS_MEANT.items()
        }
        found = {word: ids for word, ids in found.items() if len(ids) > 1}
        last = self.before(scene.values) if self.before else ()
        found[LIKE_LAST] = [id for id in last if id in there]
        return {word: ids for word, ids in found.items() if ids and len(ids) <= self.most}

    @override
    def limit(self, scene: Scene) -> str:
        return f"最多{self.most}个单位" if self.most < len(self._units(scene)) else ""

    @override
    def parse(self, text: str, scene: Scene) -> list[Unit]:
        """财政局、人社局, short or full names; 各镇街 and other groups."""
        return read_each(self._expanded(text, scene), lambda name: self._unit(name, scene))

    def _expanded(self, text: str, scene: Scene) -> str:
        """The text with every group's word in it replaced by the units it stands for."""
        groups, names = self.groups(scene), {unit.id: unit.name for unit in self._units(scene)}
        for word, written in GROUP_WORDS.items():
            if word in groups:
                text = written.sub("、".join(names[id] for id in groups[word]), text)
            elif word == LIKE_LAST and written.search(text):
                raise Refused("没有上次可比，请写出单位")
        return text

    def _unit(self, name: str, scene: Scene) -> Unit:
        units = self._units(scene)
        found = next((unit for unit in units if unit.called(name)), None)
        if found is None:
            known = [each for unit in units for each in (unit.full_name, unit.name)]
            elsewhere = scene.roster.unit(name)
            raise Refused(f"{name}不在可选范围" if elsewhere else f"没有「{name}」{meant(name, known)}")
        return found

    @override
    def hold(self, value: list[Unit], scene: Scene) -> None:
        not_too_many(len(value), self.most, "个单位")
        super().hold(value, scene)

    @override
    def pack(self, value: list[Unit]) -> Json:
        return [unit.id for unit in value]

    @override
    def unpack(self, stored: Json, scene: Scene) -> list[Unit]:
        return all_there(stored, {unit.id: unit for unit in self._units(scene)}, "单位", "个")

    @override
    def say(self, value: list[Unit], scene: Scene) -> str:
        return "、".join(unit.name for unit in value)

    def _units(self, scene: Scene) -> Sequence[Unit]:
        return self.among(scene) if self.among else scene.roster.units
