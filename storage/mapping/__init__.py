"""How the classes of the rules are mapped to the tables: imperatively, so that they know nothing of it."""

from storage.mapping import absence, countersign, invitation, leave, meeting, outage, people, reach, records

__all__ = ["absence", "countersign", "invitation", "leave", "meeting", "outage", "people", "reach", "records"]
