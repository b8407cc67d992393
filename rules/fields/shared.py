"""What a phone shares instead of words, a contact or a place, read as the answer to the question asked."""

from rules.fields.base import Field
from rules.fields.people import OfficialField, OfficialsField
from rules.fields.words import PersonName, Phone, Place
from rules.text import one_line

_CHINA = "86"
_NATIONAL = 13
"""Digits of a Chinese mobile number with its country code, as Telegram gives it: mostly without the plus."""


def from_contact(asked: Field[object] | None, name: str, number: str) -> str | None:
    """The part of a contact that answers the question: its number, or its name; None where neither does."""
    if isinstance(asked, Phone):
        digits = "".join(sign for sign in number if sign.isdecimal())
        return digits.removeprefix(_CHINA) if len(digits) == _NATIONAL else number
    if isinstance(asked, OfficialField | OfficialsField | PersonName):
        return one_line(name)
    return None


def from_place(asked: Field[object] | None, title: str, address: str) -> str | None:
    """A venue's name with its address where a place is asked; None elsewhere, or where it is a bare spot."""
    if not isinstance(asked, Place) or not (title or address):
        return None
    title, address = one_line(title), one_line(address)
    return title if not address or address in title else f"{title}（{address}）" if title else address
