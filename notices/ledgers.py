"""Every ledger (台账) there is; `banjie export` and /export offer what stands here."""

from typing import Final

from notices import leave_ledger
from notices.ledger import Ledger

_EVERY: Final = (
    # One line each: the name on the command line, the word in titles, who draws it up.
    Ledger("leave", "请假", leave_ledger.sheets),
)

LEDGERS: Final = {each.name: each for each in _EVERY}
