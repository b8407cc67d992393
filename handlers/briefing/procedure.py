"""Briefings (简报) as the chat knows them."""

from handlers.briefing import entry
from handlers.manifest import Procedure

BRIEFING = Procedure("briefing", entry.ROUTES, forms=entry.FORMS, todo=[entry.todo], mine=[entry.mine])
