"""Whom a sheet goes to: the units to choose from, among them the reviewer of the law (art. 21, 24, 53)."""

from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override

from rules.countersign.legal import Nature, demanded
from rules.fields import Json, Scene, UnitsField
from rules.forms import Values
from rules.refused import Refused
from rules.roster import Roster, Unit, UnitKind

CONSULTED = frozenset({UnitKind.DEPARTMENT, UnitKind.TOWN, UnitKind.ZONE, UnitKind.OFFICE})
"""Kinds of unit that are asked."""


def reviewer(roster: Roster, name: str, own: Unit) -> Unit | None:
    """The unit that reviews the law, unless it is the lead unit itself or not on the roster."""
    unit = roster.unit(name)
    return None if unit is None or unit is own or roster.head_of(unit) is None else unit


def nature_of(values: Values) -> Nature:
    """What was said that it is; nothing said: neither."""
    nature = values.get("nature")
    return nature if isinstance(nature, Nature) else Nature.NEITHER


@dataclass(frozen=True)
class ConsultedField(UnitsField):
    """The units asked; where the law is to be reviewed, the reviewer is always among them (art. 21, 24)."""

    @override
    def parse(self, text: str, scene: Scene) -> list[Unit]:
        return self._with_review(super().parse(text, scene), scene)

    @override
    def unpack(self, stored: Json, scene: Scene) -> list[Unit]:
        units, wanted = super().unpack(stored, scene), self._wanted(scene)
        before = scene.values.get(self.key) or []
        if wanted is not None and wanted in before and wanted not in units:  # somebody taps it away
            raise Refused(demanded(nature_of(scene.values), wanted.name))
        return self._with_review(units, scene)

    @override
    def say(self, value: list[Unit], scene: Scene) -> str:
        wanted = self._wanted(scene)
        return "、".join(f"{unit.name}（合法性审查）" if unit is wanted else unit.name for unit in value)

    def _with_review(self, units: list[Unit], scene: Scene) -> list[Unit]:
        wanted = self._wanted(scene)
        return units if wanted is None or wanted in units else [*units, wanted]

    def _wanted(self, scene: Scene) -> Unit | None:
        if nature_of(scene.values) is Nature.NEITHER:
            return None
        return reviewer(scene.roster, scene.settings.legal_review, scene.official.unit)


def others(scene: Scene) -> Sequence[Unit]:
    """Units with a head, without one's own."""
    return [
        unit
        for unit in scene.roster.units
        if unit.kind in CONSULTED and unit is not scene.official.unit and scene.roster.head_of(unit)
    ]
