"""What the cards of a sheet are called: all copies of one are edited together under its name."""

from notices.card import copy_of
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from rules.roster import Official


def release_card(sheet: Countersign) -> str:
    """The name of the card on which the lead unit's head releases."""
    return f"countersign:{sheet.id}:release"


def lead_card(sheet: Countersign) -> str:
    """The name of the lead unit's own card."""
    return f"countersign:{sheet.id}:lead"


def sign_card(sheet: Countersign, consultation: Consultation, holder: Official | None = None) -> str:
    """The name of the card of who signs; a stand-in's copies have a name of their own."""
    return copy_of(f"countersign:{sheet.id}:{consultation.id}:sign", consultation.head, holder)


def draft_card(sheet: Countersign, consultation: Consultation, holder: Official | None = None) -> str:
    """The name of the card of those who draft for the unit; whoever it is passed to has their own."""
    name = f"countersign:{sheet.id}:{consultation.id}:draft"
    return name if holder is None or holder is not consultation.passed_to else f"{name}:{holder.id}"


def objection_card(sheet: Countersign, consultation: Consultation) -> str:
    """The name of the lead unit's card of one unit's objection."""
    return f"countersign:{sheet.id}:{consultation.id}:objection"


def late_card(sheet: Countersign, consultation: Consultation) -> str:
    """The name of the lead unit's card of one unit's late opinion (逾期意见)."""
    return f"countersign:{sheet.id}:{consultation.id}:late"
