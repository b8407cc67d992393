"""Meetings (会议): menu, ledger, and what is drawn up in Word."""

from matters.ledger import Ledger
from matters.manifest import Procedure
from matters.meeting import ledger
from notices.meeting import excuse_paper, paper
from notices.meeting.ledger import WITHHELD_SAID
from notices.menu import Entry
from storage.queries.meeting.ledger import KEPT
from storage.queries.meeting.meetings import in_meetings

MEETING = Procedure(
    "meeting",
    menu=[Entry("meeting", "会议", "会议通知与回执")],
    ledger=Ledger("meeting", "会议", ledger.worksheets, KEPT, WITHHELD_SAID),
    word_forms=[excuse_paper.FORM, paper.FORM],
    engagements=[in_meetings],
)
