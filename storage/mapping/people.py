"""The roster and the binding of its people."""

from sqlalchemy.orm import relationship

from rules.binding import BindingCode, WrongTry
from rules.own_number import NumberBinding
from rules.roster import Official, Unit
from storage.mapping.base import mapper, one_holder
from storage.tables import binding_codes, number_bindings, officials, units, wrong_tries

mapper.map_imperatively(Unit, units)
one_holder(Unit, units.c.group_chat_id)
mapper.map_imperatively(
    Official,
    officials,
    properties={
        "unit": relationship(Unit, foreign_keys=[officials.c.unit_id], lazy="joined", innerjoin=True)
    },
)
one_holder(Official, officials.c.telegram_id)
mapper.map_imperatively(BindingCode, binding_codes)
mapper.map_imperatively(WrongTry, wrong_tries)
mapper.map_imperatively(NumberBinding, number_bindings)
