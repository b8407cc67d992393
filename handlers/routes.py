"""All routes in the order they are tried, and all forms.

Each procedure's own routes come first, then what a half-filled form awaits, then what nobody else knows.
"""

from handlers import (
    advice,
    binding,
    board,
    bundle,
    desk,
    export,
    find,
    menu,
    own_number,
    quiet,
    remarks,
    secrecy,
    today,
    undo,
    week_plan,
    workday,
)
from handlers.context import Route
from handlers.forms import edits as form_edits
from handlers.forms import entry as forms
from handlers.forms import kinds as form_kinds
from handlers.procedures import PROCEDURES
from handlers.sentences import heard as sentences
from handlers.sentences import replies

ROUTES: list[Route] = [
    *menu.FIRST_ROUTES,
    *secrecy.ROUTES,
    *form_edits.ROUTES,
    *replies.FIRST_ROUTES,
    *(route for each in PROCEDURES for route in each.first),
    *binding.ROUTES,
    *own_number.ROUTES,
    *menu.ROUTES,
    *desk.ROUTES,
    *bundle.ROUTES,
    *quiet.ROUTES,
    *today.ROUTES,
    *undo.ROUTES,
    *(route for each in PROCEDURES for route in each.routes),
    *board.ROUTES,
    *week_plan.ROUTES,
    *find.ROUTES,
    *export.ROUTES,
    *remarks.ROUTES,
    *advice.ROUTES,
    *workday.ROUTES,
    *sentences.ROUTES,
    *replies.ROUTES,
    *forms.ROUTES,
    *menu.LAST_ROUTES,
    *binding.LAST_ROUTES,
    *(route for each in PROCEDURES for route in each.last),
]

AFTER: list[list[Route]] = [advice.AFTER, desk.AFTER]
"""What follows whatever was done, each a group of handlers of its own."""

forms.enter(
    *(form for each in PROCEDURES for form in each.forms),
    *find.FORMS,
    *remarks.FORMS,
    *advice.FORMS,
    *forms.FORMS_OF_FILES,
)
form_kinds.GUARDS[:] = [each.guard for each in PROCEDURES if each.guard]
form_kinds.ASIDES[:] = [each.aside for each in PROCEDURES if each.aside]
form_kinds.DESTINATIONS[:] = [each.takes_files for each in PROCEDURES if each.takes_files]
form_kinds.HEARERS[:] = [sentences.heard]
form_kinds.ORDERS[:] = [sentences.ordered]
