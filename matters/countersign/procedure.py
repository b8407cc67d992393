"""Countersigning (会签): menu, ledger, Word form, and the sheets that wait for who goes away."""

from matters.countersign import clashes, ledger
from matters.ledger import Ledger
from matters.manifest import Procedure
from notices.countersign import paper
from notices.countersign.ledger import WITHHELD_SAID
from notices.menu import Entry
from rules.countersign.kinds import STARTERS
from storage.queries.countersign.ledger import KEPT

COUNTERSIGN = Procedure(
    "countersign",
    menu=[Entry("countersign", "会签", "送会签，征求有关单位意见", STARTERS)],
    ledger=Ledger("countersign", "会签", ledger.worksheets, KEPT, WITHHELD_SAID, for_leaders=True),
    word_forms=[paper.FORM],
    clashes=[clashes.sheets_open],
)
