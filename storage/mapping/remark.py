"""Remarks and views asked for."""

from rules.remarks.advice import Advice
from rules.remarks.remark import Remark
from storage.mapping.base import mapper, official
from storage.tables.remark import advices, remarks

mapper.map_imperatively(Remark, remarks, properties={"by": official(remarks.c.by_id)})
mapper.map_imperatively(
    Advice,
    advices,
    properties={
        name: official(advices.c[f"{name}_id"]) for name in ("asked_by", "adviser", "stand_in", "decided_by")
    },
)
