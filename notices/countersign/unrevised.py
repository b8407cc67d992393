"""办结 of a draft as it is, although something speaks for another one: asked once.

The mediator took the other side and no new version came (art. 53), or a unit objected after its silence had
been taken for consent, which changes nothing unless the lead unit takes it in (重开, art. 63).
"""

from rules.countersign.matter import Countersign

CLOSE_AS_IS = "close_as_is"
"""What the button for 办结 all the same stands for."""


def card(sheet: Countersign) -> str:
    return f"countersign:{sheet.id}:unrevised"
