"""What may have one holder at a time changes hands in one flush, whatever the order of the rows."""

from datetime import UTC, datetime
from itertools import permutations

import pytest
from sqlalchemy import Column, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError

from rules.countersign.answer import Answer, AnswerStatus, Opinion
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign, CountersignKind
from rules.roster import Official, Role, Unit, UnitKind
from storage.database import Database
from storage.mapping.base import mapper
from storage.tables import metadata, officials, units
from storage.tables.countersign import countersign_answers

NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
WRITTEN_ONCE = {
    # Set when the row is written and never changed: no holder ever gives it up to another.
    "outbox.once",
    "audit.previous",
    "audit.hash",
    "binding_codes.code_hash",
    "timers.kind,subject_id",
    "calendar_days.date",
    "late_topics.topic_id",
}


def _place(*columns: Column[object]) -> str:
    return f"{columns[0].table.name}.{','.join(column.name for column in columns)}"


def test_every_place_with_one_holder_is_left_before_it_is_taken() -> None:
    places = {
        _place(*index.columns)
        for table in metadata.tables.values()
        for index in table.indexes
        if index.unique
    } | {
        _place(*constraint.columns)
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    }
    assert places - WRITTEN_ONCE == {
        _place(countersign_answers.c.consultation_id),
        _place(officials.c.telegram_id),
        _place(units.c.group_chat_id),
    }
    guarded = {each.class_ for each in mapper.mappers if getattr(each.dispatch, "before_update", None)}
    assert guarded == {Answer, Official, Unit}


def _official(unit: Unit, name: str) -> Official:
    return Official(name, unit, "科员", Role.LIAISON)


async def _answers(database: Database) -> int:
    """A consultation with three answers, none of which counts; gives its id."""
    async with database.session() as session:
        unit = Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT)
        sheet = Countersign(unit, _official(unit, "财科员"), CountersignKind.DRAFT, "办法", NOW)
        one = Consultation(unit, 1, None)
        one.answers = [Answer(Opinion.NO_OBJECTION, NOW, AnswerStatus.REPLACED) for _ in range(3)]
        sheet.consultations = [one]
        session.add(sheet)
        await session.flush()
        return one.id


@pytest.mark.parametrize(("first", "second"), list(permutations(range(3), 2)))
async def test_of_a_units_answers_one_counts_whichever_came_first(
    database: Database, first: int, second: int
) -> None:
    id = await _answers(database)
    for counts in (first, second):
        async with database.session() as session:
            one = await session.get_one(Consultation, id)
            one.enter(one.answers[counts])
    async with database.session() as session:
        kept = (await session.scalars(select(Answer).order_by(countersign_answers.c.id))).all()
    assert [answer.status is AnswerStatus.IN_FORCE for answer in kept] == [at == second for at in range(3)]


async def test_two_answers_that_count_are_refused_all_the_same(database: Database) -> None:
    id = await _answers(database)
    with pytest.raises(IntegrityError):
        await _let_two_count(database, id)


async def _let_two_count(database: Database, id: int) -> None:
    async with database.session() as session:
        one = await session.get_one(Consultation, id)
        one.answers[0].status = one.answers[1].status = AnswerStatus.IN_FORCE


async def test_accounts_and_groups_change_hands(database: Database) -> None:
    async with database.session() as session:
        finance, law = (
            Unit(name, f"千文区{name}", UnitKind.DEPARTMENT, group_chat_id=group)
            for name, group in (("财政局", -1), ("司法局", -2))
        )
        people = _official(finance, "财科员"), _official(law, "司科员")
        for account, one in enumerate(people, 1001):
            one.telegram_id = account
        session.add_all([finance, law, *people])
    async with database.session() as session:
        rows = (await session.scalars(select(Official).order_by(officials.c.id))).all()
        rows[0].telegram_id, rows[1].telegram_id = 1002, 1001
        rows[0].unit.group_chat_id, rows[1].unit.group_chat_id = -2, -1
    async with database.session() as session:
        rows = (await session.scalars(select(Official).order_by(officials.c.id))).all()
        assert [one.telegram_id for one in rows] == [1002, 1001]
        assert [one.unit.group_chat_id for one in rows] == [-2, -1]
