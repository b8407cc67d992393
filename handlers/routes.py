"""All routes in the order they are tried: each procedure's own, then what a half-filled form awaits, then the rest."""

from handlers import binding, desk, forms, leave, menu, workday
from handlers.context import Route

ROUTES: list[Route] = [
    *binding.ROUTES,
    *menu.ROUTES,
    *desk.ROUTES,
    *leave.ROUTES,
    *workday.ROUTES,
    *forms.ROUTES,
    *menu.LAST_ROUTES,
    *binding.LAST_ROUTES,
]
