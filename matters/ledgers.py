"""Every ledger (台账) there is; `banjie export` and /export offer what stands here."""

from typing import Final

from matters.countersign import ledger
from matters.invitation import ledger as ledger_invitation
from matters.leave import ledger as ledger_leave
from matters.ledger import Ledger
from matters.meeting import ledger as ledger_meeting
from notices.countersign import ledger as countersign_ledger
from notices.invitation import ledger as invitation_ledger
from notices.meeting import ledger as meeting_ledger
from rules.ledgers import unit_open_to
from rules.roster import LEADERS, Official

_EVERY: Final = (
    # One line each: the name on the command line, the word in titles, who draws it up.
    Ledger("leave", "请假", ledger_leave.sheets, "他人的地点、事由、电话和意见只列您经手审批的。"),
    Ledger(
        "countersign",
        "会签",
        ledger.sheets,
        countersign_ledger.WITHHELD_SAID,
        for_leaders=True,
    ),
    Ledger("meeting", "会议", ledger_meeting.sheets, meeting_ledger.WITHHELD_SAID),
    Ledger("invitation", "活动邀请", ledger_invitation.sheets, invitation_ledger.WITHHELD_SAID),
)

LEDGERS: Final = {each.name: each for each in _EVERY}


def open_to(official: Official) -> list[Ledger]:
    """Those he may have; refused where there is none."""
    found = [each for each in LEDGERS.values() if each.for_leaders or official.role not in LEADERS]
    unit_open_to(official, for_leaders=bool(found))
    return found
