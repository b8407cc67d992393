"""What bears a secrecy mark is taken out of every matter, wherever one keeps a file."""

from storage.tables.countersign import countersign_papers
from storage.tables.meeting import meeting_excuses
from storage.together import places


def test_every_place_that_keeps_a_file_can_be_emptied() -> None:
    found = list(places())
    assert {(countersign_papers, ""), (meeting_excuses, "report_")} < set(found)
    assert all({f"{prefix}name", f"{prefix}photo"} <= set(table.c.keys()) for table, prefix in found)
