"""Requests to call back."""

from rules.reach import CallRequest
from storage.mapping.base import mapper, official
from storage.tables import call_requests

mapper.map_imperatively(
    CallRequest,
    call_requests,
    properties={
        name: official(call_requests.c[f"{name}_id"]) for name in ("asked_by", "official", "ended_by")
    },
)
