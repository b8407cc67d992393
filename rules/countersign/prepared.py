"""What is kept with a sheet, or with a new version of it, while it waits to go out (art. 63)."""

from datetime import datetime

from rules.countersign.consultation import Consultation, Seat
from rules.countersign.matter import Countersign, CountersignState
from rules.countersign.round import NewVersion
from rules.roster import Official, Unit

REPEATABLE = frozenset({CountersignState.WITHDRAWN})
"""What came to nothing, and may be started again with what it said."""


def settle_review(sheet: Countersign, reviewer: Unit | None, *, not_secret: bool) -> None:
    """By whom the law is to be reviewed (art. 21, 24), and whether somebody said that it is not secret."""
    sheet.reviewer, sheet.not_secret = reviewer, not_secret


def await_release(sheet: Countersign, seat: Seat, now: datetime) -> None:
    """It waits with whoever may let it go."""
    sheet.stand_in, sheet.unattended_at = seat.stand_in, now if seat.unattended else None


def lay_before(one: Consultation, seat: Seat, now: datetime) -> None:
    """The unit's answer is whoever's who signs for it at this moment."""
    one.head, one.stand_in = seat.head, seat.stand_in
    one.unattended_at = now if seat.unattended else None


def hand_over(sheet: Countersign, drafter: Official) -> Official:
    """Somebody else of the lead unit goes on with it; gives back who prepared it."""
    gone, sheet.drafter = sheet.drafter, drafter
    return gone


def take_out(sheet: Countersign, one: Consultation) -> None:
    """It does not go to this unit, as long as it has gone to nobody."""
    sheet.consultations = [each for each in sheet.consultations if each is not one]


def hold_version(sheet: Countersign, version: NewVersion) -> None:
    """A version made ready waits for the head; one that waited already is overtaken."""
    sheet.new_version = version.pack()


def drop_version(sheet: Countersign) -> NewVersion | None:
    """The version that waited, which waits no more; None where another was quicker."""
    stored, sheet.new_version = sheet.new_version, None
    return NewVersion.unpack(stored) if stored is not None else None
