"""What every mapping is made of."""

from typing import Any

from sqlalchemy import Column
from sqlalchemy.orm import Relationship, registry, relationship

from rules.roster import Official
from storage.tables import metadata

mapper = registry(metadata=metadata)


def official(column: Column[Any]) -> Relationship[Official]:
    """The official the column names, loaded along with what bears it."""
    return relationship(Official, foreign_keys=[column], lazy="selectin")
