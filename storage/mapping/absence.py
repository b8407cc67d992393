"""Delegations."""

from rules.delegation import Delegation
from storage.mapping.base import mapper, official
from storage.tables import delegations

mapper.map_imperatively(
    Delegation,
    delegations,
    properties={
        "principal": official(delegations.c.principal_id),
        "delegate": official(delegations.c.delegate_id),
    },
)
