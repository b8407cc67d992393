"""Briefings with their issues and readings."""

from sqlalchemy.orm import relationship

from rules.briefing.matter import Briefing, Issue, Reading
from rules.roster import Unit
from storage.mapping.base import mapper, official
from storage.tables.briefing import briefing_issues, briefing_readings, briefings

mapper.map_imperatively(
    Reading, briefing_readings, properties={"reader": official(briefing_readings.c.reader_id)}
)
mapper.map_imperatively(
    Issue,
    briefing_issues,
    properties={
        "sent_by": official(briefing_issues.c.sent_by_id),
        "readings": relationship(
            Reading, lazy="selectin", order_by=briefing_readings.c.id, cascade="all, delete-orphan"
        ),
    },
)
mapper.map_imperatively(
    Briefing,
    briefings,
    properties={
        "unit": relationship(Unit, lazy="selectin"),
        **{
            name: official(briefings.c[f"{name}_id"])
            for name in ("submitted_by", "director", "stand_in", "decided_by")
        },
        "issues": relationship(
            Issue, lazy="selectin", order_by=briefing_issues.c.number, cascade="all, delete-orphan"
        ),
    },
)
