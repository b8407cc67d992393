"""The table of who may do what: as long as the code, and as the page says it.

That each line is true is seen where its rehearsal is played (tests/test_rehearsals.py), on SQLite.
"""

from pathlib import Path

from tests.who_may.actions import actions, commands
from tests.who_may.commands import MONDAY, CommandStage
from tests.who_may.pages import PAGE, page, pointed_to_private
from tests.who_may.table import lines
from tests.who_may.trial import DID, LEFT, NOBODY, REFUSED, STRANGER

REHEARSALS = Path(__file__).parents[1] / "rehearsals"


def test_every_action_of_the_code_has_a_line_and_every_line_is_an_action() -> None:
    """Otherwise: `python -m tests.who_may tests/rehearsals/….txt`, and look at what it says."""
    assert sorted(one.action for one in lines()) == sorted(actions())


def test_every_line_is_tried_or_says_why_not() -> None:
    for one in lines():
        assert one.what, one.action
        assert bool(one.marks) != bool(one.why), one.action
        assert not one.scene or (REHEARSALS / f"{one.scene}.txt").is_file(), one.scene
        assert one.scene or not one.marks or one.action in commands(), one.action


def test_who_has_left_and_who_is_not_bound_may_do_nothing() -> None:
    """But /start, by which one becomes known; and a group is told where such things are done."""
    for one in lines():
        if one.action != "/start" and not pointed_to_private(one):
            assert {one.marks.get(LEFT, REFUSED), one.marks.get(STRANGER, REFUSED)} <= {REFUSED, NOBODY}, one


def test_every_tried_action_can_be_done_by_somebody() -> None:
    """Nobody in the sample district is away as yet, so nobody can come back."""
    nobody = [one.action for one in lines() if one.marks and DID not in one.marks.values()]
    assert nobody == ["/back", "/extend"]


async def test_the_commands_are_for_whom_the_table_says(sqlite_district_url: str) -> None:
    found = await CommandStage(sqlite_district_url, set()).commands(MONDAY, commands())
    assert found == {one.action: one.marks for one in lines() if one.action in commands()}


def test_the_page_says_what_the_table_says() -> None:
    """Otherwise: `python -m tests.who_may`."""
    assert PAGE.read_text(encoding="utf-8") == page()
