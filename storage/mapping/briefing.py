"""Briefings with their issues and readings."""

from rules.briefing.matter import Briefing, Issue, Reading
from storage.mapping.base import map_rows, parts
from storage.tables.briefing import briefing_issues, briefing_readings, briefings

map_rows(Reading, briefing_readings)
map_rows(Issue, briefing_issues, readings=parts(Reading, briefing_readings.c.id))
map_rows(Briefing, briefings, issues=parts(Issue, briefing_issues.c.number))
