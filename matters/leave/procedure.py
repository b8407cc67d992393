"""Leave (请假): menu, ledger, Word form, and what of other leaves clashes with one."""

from matters.leave import clashes, ledger
from matters.ledger import Ledger
from matters.manifest import Procedure
from notices.leave import paper
from notices.menu import Entry
from storage.queries.engagements import on_leave
from storage.queries.leave.ledger import KEPT

LEAVE = Procedure(
    "leave",
    menu=[
        Entry("leave", "请假", "报告外出、请假"),
        Entry("back", "销假", "返回后销假"),
        Entry("extend", "续假", "不能按时返回的，续假", rare=True),
    ],
    ledger=Ledger("leave", "请假", ledger.worksheets, KEPT, "他人的地点、事由、电话和意见只列您经手审批的。"),
    word_forms=[paper.FORM],
    engagements=[on_leave],
    clashes=[
        clashes.waiting_for_approval,
        clashes.acting_for_others,
        clashes.not_reported_back,
        clashes.filings_open,
    ],
)
