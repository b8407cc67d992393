"""The roster and the binding of its people."""

from sqlalchemy.orm import relationship

from rules.binding import BindingCode, WrongTry
from rules.roster import Official, Unit
from storage.mapping.base import mapper
from storage.tables import binding_codes, officials, units, wrong_tries

mapper.map_imperatively(Unit, units)
mapper.map_imperatively(
    Official,
    officials,
    properties={
        "unit": relationship(Unit, foreign_keys=[officials.c.unit_id], lazy="joined", innerjoin=True)
    },
)
mapper.map_imperatively(BindingCode, binding_codes)
mapper.map_imperatively(WrongTry, wrong_tries)
