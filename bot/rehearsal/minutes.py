"""Writes all that was said to everybody, in an order that is the same each time the bot does the same.

Several messages are on their way at once, so that between people the order in which they arrive is an
accident: here it is that of their names. Towards one person it is kept.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from bot.rehearsal.difference import Called, Deed, written
from bot.rehearsal.scene import Kind
from bot.rehearsal.script import moment

_ORDER = list(Kind)


def in_order(deeds: Sequence[Deed], called: Called) -> dict[str, list[str]]:
    """One scene's deeds as lines, by the time of the turned clock as it is written."""
    by_minute = groupby(deeds, lambda deed: moment(deed.at))
    return {minute: _minute(list(done), called) for minute, done in by_minute}


def _minute(deeds: Sequence[Deed], called: Called) -> list[str]:
    """What is the same thing at the same place in each one's row of things is written once."""
    places: Counter[tuple[int, Kind]] = Counter()
    same: dict[tuple[object, ...], list[Deed]] = {}
    for deed in deeds:
        places[deed.chat, deed.kind] += 1
        key = (places[deed.chat, deed.kind], _ORDER.index(deed.kind), deed.text, deed.file, deed.rows)
        same.setdefault(key, []).append(deed)
    entries = []
    for (place, kind, *_), alike in same.items():
        by_name = sorted(alike, key=lambda deed: called([deed.chat]))
        name = called([deed.chat for deed in by_name])
        entries.append((place, kind, name, written(by_name, called, keyboard=sys.maxsize)))
    return [line for *_, lines in sorted(entries, key=lambda entry: entry[:3]) for line in lines]
