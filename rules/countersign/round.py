"""A version of the draft, and the round in which it goes to the units that have to answer it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rules.countersign.answer import CountersignPaper
from rules.roster import Official


@dataclass(eq=False)
class Round:
    """Version `number` (1, 2, …): who sent it round when, and what has changed since the one before.

    `opened_for` is the lead unit's head in whose place it was sent.
    """

    number: int
    opened_at: datetime
    opened_by: Official
    note: str = ""
    opened_for: Official | None = None
    id: int = field(init=False)


@dataclass(frozen=True)
class NewVersion:
    """A new version that the lead unit's liaison has made ready, for the head to send (art. 63).

    `papers` are its files, `note` says what has changed, `again` the ids of the units picked to answer again,
    `by` the id of who made it ready.
    """

    papers: Collection[CountersignPaper]
    note: str
    again: Collection[int]
    by: int

    def pack(self) -> Mapping[str, Any]:
        """As it is kept with the sheet, in JSON."""
        papers = [(one.file_id, one.name, one.size, one.photo) for one in self.papers]
        return {"papers": papers, "note": self.note, "again": list(self.again), "by": self.by}

    @classmethod
    def unpack(cls, stored: Mapping[str, Any]) -> "NewVersion":
        """Out of what `pack` gave."""
        papers = [CountersignPaper(*paper) for paper in stored["papers"]]
        return cls(papers, stored["note"], stored["again"], stored["by"])
