"""All routes in the order they are tried, and all forms.

Each procedure's own routes come first, then what a half-filled form awaits, then what nobody else knows.
"""

from handlers import (
    binding,
    board,
    delegation,
    desk,
    export,
    find,
    menu,
    reach,
    secrecy,
    succession,
    week_plan,
    workday,
)
from handlers.context import Route
from handlers.countersign import delivery as countersign_delivery
from handlers.countersign import entry as countersign
from handlers.forms import edits as form_edits
from handlers.forms import entry as forms
from handlers.forms import kinds as form_kinds
from handlers.invitation import entry as invitation
from handlers.invitation import sheet as invitation_sheet
from handlers.invitation import turn as invitation_turn
from handlers.leave import acting as leave_acting
from handlers.leave import change as leave_change
from handlers.leave import entry as leave
from handlers.leave import filing as leave_filing
from handlers.leave import paper as report_form
from handlers.meeting import change as meeting_change
from handlers.meeting import clearing as meeting_clearing
from handlers.meeting import draft as meeting_draft
from handlers.meeting import entry as meeting
from handlers.meeting import excuse as meeting_excuse
from handlers.meeting import form as meeting_form
from handlers.meeting import prepare as meeting_prepare
from handlers.meeting import record as meeting_record
from handlers.meeting import reply as meeting_reply
from handlers.meeting import sign_in as meeting_sign_in
from handlers.meeting import topic as meeting_topic

ROUTES: list[Route] = [
    *menu.FIRST_ROUTES,
    *secrecy.ROUTES,
    *form_edits.ROUTES,
    *meeting_sign_in.ROUTES,
    *binding.ROUTES,
    *menu.ROUTES,
    *desk.ROUTES,
    *leave.ROUTES,
    *leave_acting.ROUTES,
    *leave_change.ROUTES,
    *leave_filing.ROUTES,
    *countersign.ROUTES,
    *countersign_delivery.ROUTES,
    *meeting.ROUTES,
    *meeting_draft.ROUTES,
    *meeting_clearing.ROUTES,
    *meeting_reply.ROUTES,
    *meeting_prepare.ROUTES,
    *meeting_record.ROUTES,
    *meeting_change.ROUTES,
    *meeting_excuse.ROUTES,
    *meeting_topic.ROUTES,
    *succession.ROUTES,
    *delegation.ROUTES,
    *reach.ROUTES,
    *board.ROUTES,
    *week_plan.ROUTES,
    *report_form.ROUTES,
    *invitation.ROUTES,
    *invitation_sheet.ROUTES,
    *find.ROUTES,
    *export.ROUTES,
    *workday.ROUTES,
    *forms.ROUTES,
    *menu.LAST_ROUTES,
    *binding.LAST_ROUTES,
    *invitation_turn.LAST_ROUTES,
]

forms.enter(
    *leave.FORMS,
    *countersign.FORMS,
    *countersign_delivery.FORMS,
    *succession.FORMS,
    *delegation.FORMS,
    *leave_acting.FORMS,
    *leave_change.FORMS,
    *reach.FORMS,
    *meeting_form.FORMS,
    *meeting_draft.FORMS,
    *meeting_clearing.FORMS,
    *meeting_reply.FORMS,
    *meeting_prepare.FORMS,
    *meeting_record.FORMS,
    *meeting_change.FORMS,
    *meeting_excuse.FORMS,
    *meeting_sign_in.FORMS,
    *meeting_topic.FORMS,
    *invitation.FORMS,
    *find.FORMS,
    *forms.FORMS_OF_FILES,
)
form_kinds.GUARDS[:] = [invitation_turn.guard]
form_kinds.ASIDES[:] = [invitation_turn.aside]
