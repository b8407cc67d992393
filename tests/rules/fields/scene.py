"""A small district that fields are filled in, on Monday 23 November 2026."""

from datetime import UTC, datetime

from rules.fields import (
    Scene,
)
from rules.roster import Official, Role, Roster, Unit, UnitKind
from rules.settings import Settings
from rules.working_days import Calendar

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def scene(now: datetime = NOW) -> Scene:
    units = [
        Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT),
        Unit("人社局", "人社局", UnitKind.DEPARTMENT),
    ]
    people = [
        Official("王芳", units[0], "局长", Role.UNIT_HEAD),
        Official("李收", units[0], "副局长", Role.DEPUTY_HEAD),
        Official("李收", units[1], "副局长", Role.DEPUTY_HEAD),
    ]
    for number, unit in enumerate(units, start=1):
        unit.id = number
    for number, official in enumerate(people, start=3):
        official.id = number
    return Scene(now, people[0], Roster(units, people), Calendar(), Settings())


SCENE = scene()
WANG, LI_OF_FINANCE, LI_OF_LABOUR = SCENE.roster.officials
FINANCE, LABOUR = SCENE.roster.units
