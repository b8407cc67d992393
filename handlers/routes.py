"""All routes in the order they are tried, and all forms.

Each procedure's own routes come first, then what a half-filled form awaits, then what nobody else knows.
"""

from handlers import (
    binding,
    board,
    countersign,
    countersign_delivery,
    delegation,
    desk,
    export,
    find,
    forms,
    invitation_sheet,
    leave,
    leave_acting,
    leave_change,
    leave_filing,
    menu,
    reach,
    report_form,
    secrecy,
    week_plan,
    workday,
)
from handlers.context import Route

ROUTES: list[Route] = [
    *secrecy.ROUTES,
    *binding.ROUTES,
    *menu.ROUTES,
    *desk.ROUTES,
    *leave.ROUTES,
    *leave_acting.ROUTES,
    *leave_change.ROUTES,
    *leave_filing.ROUTES,
    *countersign.ROUTES,
    *countersign_delivery.ROUTES,
    *delegation.ROUTES,
    *reach.ROUTES,
    *board.ROUTES,
    *week_plan.ROUTES,
    *report_form.ROUTES,
    *invitation_sheet.ROUTES,
    *find.ROUTES,
    *export.ROUTES,
    *workday.ROUTES,
    *forms.ROUTES,
    *menu.LAST_ROUTES,
    *binding.LAST_ROUTES,
]

forms.enter(
    *leave.FORMS,
    *countersign.FORMS,
    *countersign_delivery.FORMS,
    *delegation.FORMS,
    *leave_acting.FORMS,
    *leave_change.FORMS,
    *reach.FORMS,
    *find.FORMS,
)
