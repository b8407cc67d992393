"""Binding by one's own number (本人手机号): Telegram vouches that an account has the number it shares.

A number is given out anew some months after it was given up, and a SIM card can be stolen. So where the
official has no account yet the office is told and may take the binding back; where they have one, that
account or the office agrees first: until then nothing has changed for anybody.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from rules.binding import BindingTerms
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Roster
from rules.roster_cells import is_mobile

CHINA: Final = "86"


def whose(roster: Roster, shared: str) -> Official | None:
    """Whose mobile number the roster says it is; None where it is nobody's, or several share it.

    Telegram writes 8613812345678, with or without a plus and always with the country. Without it, an American
    number (1 380 200 0031) would read like a Chinese one.
    """
    digits = "".join(sign for sign in shared if sign.isdecimal())
    number = digits.removeprefix(CHINA)
    if not digits.startswith(CHINA) or not is_mobile(number):
        return None
    found = [official for official in roster.officials if official.phone == number]
    return found[0] if len(found) == 1 else None


@dataclass(eq=False)
class NumberBinding:
    """An account that shared an official's number: it waits, was bound, or was turned away.

    `account` is what Telegram calls it. Once it was turned away, or the binding taken back, it needs a code.
    """

    official_id: int
    telegram_id: int
    account: str
    asked_at: datetime
    bound_at: datetime | None = None
    refused_at: datetime | None = None
    id: int = field(init=False, repr=False)

    def waits(self, terms: BindingTerms, now: datetime) -> bool:
        """Whether it can still be agreed to: for as long as a code lives."""
        lives = now < self.asked_at + timedelta(days=terms.code_days)
        return self.bound_at is None and self.refused_at is None and lives

    def bind(self, official: Official, now: datetime) -> None:
        """The account is the official's from now on."""
        self.bound_at = now
        official.bind(self.telegram_id)

    def may_be_decided(self, by: Official, official: Official, terms: BindingTerms, now: datetime) -> None:
        """Whether who has the old account, or the office, may still agree or not; refuses others."""
        if by.id != self.official_id and by.role not in OFFICE_DESK:
            raise Refused("改绑由原账号本人或区政府办公室决定。")
        if official.left_at is not None or not self.waits(terms, now):
            raise Refused("这次改绑已有结果，或已过期。")

    def turn_away(self, now: datetime) -> None:
        """It was not they, or not with this account."""
        self.refused_at = now

    def take_back(self, by: Official, official: Official, now: datetime) -> None:
        """撤销绑定: it was not they who bound it, the office says."""
        if by.role not in OFFICE_DESK:
            raise Refused("撤销绑定由区政府办公室办理。")
        if official.telegram_id != self.telegram_id:
            raise Refused("这个账号已不再绑定，不用撤销。")
        self.refused_at = now
