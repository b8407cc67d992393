"""Every action there is, read off the routes: a button by its data, a command by its name.

`leave:<id>:agree:<position>` stands for every button of that shape; each word of one route is an action.
"""

import re
from functools import cache, partial
from typing import Final

from telegram.ext import CallbackQueryHandler, CommandHandler

from handlers.context import GROUP
from handlers.forms.kinds import FORMS
from handlers.routes import ROUTES

_NAMED: Final = re.compile(r"\(\?P<(\w+)>([^()]*)\)")
_PLAIN: Final = re.compile(r"\(\?:|\)|\\Z|[?^$]")
SUBMIT: Final = "f:"
"""What is handed in is an action of its form: f:leave."""


def _shape(act: str, group: re.Match[str]) -> str:
    return act if group[1] == "act" else f"<{group[1]}>"


@cache
def taps() -> dict[str, tuple[re.Pattern[str], str]]:
    """By the action's name its route's pattern, and which of the route's words it is (empty: it has none)."""
    found: dict[str, tuple[re.Pattern[str], str]] = {}
    for route in ROUTES:
        if isinstance(route, CallbackQueryHandler) and isinstance(route.pattern, re.Pattern):
            named = dict(_NAMED.findall(route.pattern.pattern))
            for act in named.get("act", "").split("|"):
                shape = _NAMED.sub(partial(_shape, act), route.pattern.pattern)
                found.setdefault(_PLAIN.sub("", shape), (route.pattern, act))
    opened = {f"menu:{name[1:]}" for name in commands()}  # the button, the command, the word: one handler
    return {name: one for name, one in found.items() if name not in opened}


def action_of(data: str) -> str:
    """The action of a button with that data; empty where no route takes it."""
    for name, (pattern, act) in taps().items():
        match = pattern.match(data)
        if match and match.groupdict().get("act", "") == act:
            return name
    return ""


def commands() -> list[str]:
    """Every command, in private and in groups: /leave, 群/bind."""
    routes = [one for one in ROUTES if isinstance(one, CommandHandler)]
    return sorted(
        {f"{'群' if one.filters is GROUP else ''}/{name}" for one in routes for name in one.commands}
    )


def actions() -> list[str]:
    """All of them, in the order of the routes; then what is handed in with each form, then the commands."""
    return [*taps(), *(f"{SUBMIT}{name}" for name in FORMS), *commands()]
