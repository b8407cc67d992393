"""Half-filled forms and timers."""

from rules.forms import Draft
from storage.mapping.base import mapper
from storage.tables import drafts, timers
from storage.timer import Timer

mapper.map_imperatively(Draft, drafts)
mapper.map_imperatively(Timer, timers)
