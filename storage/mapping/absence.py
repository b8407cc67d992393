"""Delegations."""

from rules.delegation import Delegation
from storage.mapping.base import map_rows
from storage.tables import delegations

map_rows(Delegation, delegations)
