"""Chinese numerals: an article's number written, and what officials write read.

cn2an reads them, loaded with the first one: with it comes a list of every city, which no start needs.
"""

from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"


def written(number: int) -> str:
    """From 1 to 99, as articles and points are counted: 七, 十, 二十三."""
    if not 0 < number < 100:
        raise ValueError(f"not from 1 to 99: {number}")
    tens, ones = divmod(number, 10)
    many = _DIGITS[tens] if tens > 1 else ""
    return (f"{many}十" if tens else "") + (_DIGITS[ones] if ones else "")


def read(numeral: str) -> int:
    """3, 三 and 二十; ValueError for what is none."""
    if numeral.isdecimal():
        return int(numeral)
    import cn2an  # noqa: PLC0415 - see above

    try:
        return int(cn2an.cn2an(numeral, "smart"))
    except KeyError:  # of 点零十零 it knows the signs and not what they mean together
        raise ValueError(f"not a number: {numeral}") from None
