"""How the classes of the rules are mapped to the tables: imperatively, so that they know nothing of it."""

from storage.mapping import absence, leave, people, reach, records

__all__ = ["absence", "leave", "people", "reach", "records"]
