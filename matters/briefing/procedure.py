"""Briefings (简报): the menu and the ledger."""

from matters.briefing import ledger
from matters.ledger import Ledger
from matters.manifest import Procedure
from notices.menu import Entry
from rules.briefing.matter import SENDERS
from rules.roster import OFFICE_DESK
from storage.queries.briefing.briefings import KEPT

BRIEFING = Procedure(
    "briefing",
    menu=[Entry("briefing", "简报", "简报备案、报送（第六十六条）", SENDERS | OFFICE_DESK)],
    ledger=Ledger("briefing", "简报", ledger.worksheets, KEPT),
)
