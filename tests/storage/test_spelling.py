"""查找 compares in SQL as the roster and the forms do in Python, on both databases."""

import re
import sys

from sqlalchemy import Column, MetaData, Table, Text, insert, literal, select

from rules.spelling import UNSEEN, folded
from storage.database import Database
from storage.spelling import holds

IGNORED = [chr(code) for code in range(sys.maxunicode + 1) if re.match(f"[{UNSEEN}]", chr(code))]
"""Every sign that nobody sees."""


async def found(database: Database, written: str, term: str) -> bool:
    async with database.session() as session:
        return bool(await session.scalar(select(holds(literal(written, Text()), folded(term)))))


async def test_what_nobody_sees_hides_nothing_from_a_search(database: Database) -> None:
    assert {"\ufe00", "\ufe0f", "\U000e0100", "\U000e01ef", "\u034f", "\u3164"} <= set(IGNORED)
    texts = Table("texts", MetaData(), Column("written", Text), prefixes=["TEMPORARY"])
    async with database.session() as session:
        await (await session.connection()).run_sync(texts.create)
        await session.execute(insert(texts), [{"written": f"王{sign}芳"} for sign in IGNORED])
        found = holds(texts.c.written, folded("王芳"))
        hidden = await session.scalars(select(texts.c.written).where(~found))
        assert [hex(ord(written[1])) for written in hidden] == []


async def test_the_rest_is_as_before(database: Database) -> None:
    assert await found(database, "艾力\ufe00•买买提", "艾力·买买提")
    assert await found(database, "会议室100%", "0%")
    assert not await found(database, "王芳", "王方")
    assert await found(database, "\uf92c\U000e0101平", "郎平")
    assert not await found(database, "会议室100", "0%")


async def test_a_column_without_a_value_holds_nothing(database: Database) -> None:
    async with database.session() as session:
        assert not await session.scalar(select(holds(literal(None, Text()), "王")))
