"""Every ledger (台账) there is; `banjie export` and /export offer what stands here."""

from typing import Final

from matters.ledger import Ledger
from matters.procedures import PROCEDURES
from rules.ledgers import unit_open_to
from rules.roster import LEADERS, Official

LEDGERS: Final = {each.ledger.name: each.ledger for each in PROCEDURES if each.ledger}
"""By the name on the command line."""


def open_to(official: Official) -> list[Ledger]:
    """Those they may have; refused where there is none."""
    found = [each for each in LEDGERS.values() if each.for_leaders or official.role not in LEADERS]
    unit_open_to(official, for_leaders=bool(found))
    return found
