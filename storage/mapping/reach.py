"""Requests to call back."""

from rules.reach import CallRequest
from storage.mapping.base import map_rows
from storage.tables import call_requests

map_rows(CallRequest, call_requests)
