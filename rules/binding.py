"""Binding (绑定): a one-time code ties a Telegram account to an official of the roster.

A code has 10 characters of Crockford's base 32: no I, L, O or U, so that it can be read out and copied
from paper. That is 50 random bits. Only its scrypt hash is stored. A plain SHA-256 of 50 bits could be
searched through on graphics cards within a code's life; scrypt makes each guess dear, and every code
dies within days. The salt is one constant, so that a code is found by its hash with an indexed look-up:
the hash of a guess cannot be steered, so the time the look-up takes tells nothing about a stored code.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rules.refused import Refused
from rules.roster import Official

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10

_LOOKALIKES = str.maketrans("OIL", "011")
_SALT = b"banjie binding code 1"
_COST = {"n": 2**12, "r": 8, "p": 1}


@dataclass(frozen=True)
class BindingTerms:
    """How long a code lives, and how many wrong tries a Telegram user has before the bot falls silent.

    `by_number`: whether sharing one's own number binds as well (rules/own_number.py).
    """

    code_days: int = 7
    wrong_tries: int = 5
    wrong_tries_hours: int = 1
    by_number: bool = True

    @property
    def window(self) -> timedelta:
        """The span in which wrong tries are counted."""
        return timedelta(hours=self.wrong_tries_hours)


@dataclass(eq=False)
class BindingCode:
    """One code issued to one official: live, then used, revoked or expired; never live again."""

    official_id: int
    code_hash: str
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None
    id: int = field(init=False, repr=False)

    def live(self, now: datetime) -> bool:
        """Whether it can still be redeemed."""
        return self.used_at is None and self.revoked_at is None and now < self.expires_at

    def why_dead(self, official: Official, now: datetime) -> str:
        """Why the official it was issued for can no longer be bound by it; "" where they can."""
        if self.used_at is not None:
            return "此绑定码已经用过，请向区政府办公室另要一个。"
        if self.revoked_at is None and now >= self.expires_at:
            return "此绑定码已经过期，请向区政府办公室另要一个。"
        revoked = self.revoked_at is not None or official.left_at is not None
        return "此绑定码已经作废，请使用新发的绑定码。" if revoked else ""

    def redeem(self, official: Official, telegram_id: int, now: datetime) -> None:
        """Bind the account to the official the code was issued for; a dead code is refused."""
        if dead := self.why_dead(official, now):
            raise Refused(dead)
        self.used_at = now
        official.telegram_id = telegram_id

    def revoke(self, now: datetime) -> None:
        """Kill a code that was not used; a used or revoked one stays as it is."""
        if self.used_at is None and self.revoked_at is None:
            self.revoked_at = now


@dataclass(eq=False)
class WrongTry:
    """One wrong code from one Telegram user."""

    telegram_id: int
    tried_at: datetime
    id: int = field(init=False, repr=False)


def new_code() -> str:
    """A fresh code, from the operating system's randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def canonical(text: str) -> str:
    """What a person typed, as the code it was meant for: case, width, blanks and look-alikes mended."""
    folded = unicodedata.normalize("NFKC", text).upper().translate(_LOOKALIKES)
    return "".join(char for char in folded if char in ALPHABET)


def spaced(code: str) -> str:
    """The code in two halves, as it is printed and read out: 7KQ4M-9XT2P."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def code_hash(code: str) -> str:
    """The hash under which the code is stored; 64 hexadecimal digits."""
    return hashlib.scrypt(canonical(code).encode(), salt=_SALT, dklen=32, **_COST).hex()


@dataclass(frozen=True)
class FreshCode:
    """A code not yet given to anybody; hashing takes 10 ms, so many are made before a transaction is open."""

    words: str = field(default_factory=new_code, repr=False)
    hash: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "hash", code_hash(self.words))

    def issue(self, official: Official, terms: BindingTerms, now: datetime) -> BindingCode:
        """The record to keep of the code, now the official's; the words are handed over and forgotten."""
        expires_at = now + timedelta(days=terms.code_days)
        return BindingCode(official.id, self.hash, issued_at=now, expires_at=expires_at)


def tries_left(tries: Iterable[WrongTry], terms: BindingTerms, now: datetime) -> int:
    """How many wrong codes this Telegram user may still send before the bot falls silent."""
    recent = sum(1 for wrong in tries if now - wrong.tried_at < terms.window)
    return max(0, terms.wrong_tries - recent)
