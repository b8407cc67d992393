"""Stretches in which the bot could not receive."""

from rules.outage import Outage
from storage.mapping.base import mapper
from storage.tables import outages

mapper.map_imperatively(Outage, outages)
