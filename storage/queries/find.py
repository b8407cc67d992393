"""What 查找 looks through in a procedure: the newest matters of which the words tell and that may be seen."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, false, or_, true

from rules.find import Words
from storage.spelling import holds
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")


@dataclass(frozen=True)
class Searched(Generic[T]):
    """One procedure as it is looked through.

    A term fits a matter if it stands in one of the `texts` (of what is joined in `found`), or in the word for
    a value of one of the `words`; the procedure's `own_words` fit every one. `newest_by` is the column for
    when it was begun, and the id.
    """

    found: Select[T]
    newest_by: tuple[ColumnElement[Any], ColumnElement[int]]
    own_words: str
    texts: Sequence[ColumnElement[str]]
    words: Mapping[ColumnElement[Any], type[StrEnum]]

    async def newest(
        self,
        work: UnitOfWork,
        words: Words,
        limit: int,
        *conditions: ColumnElement[bool],
        besides: Callable[[str], Iterable[ColumnElement[bool]]],
    ) -> Sequence[T]:
        """At most `limit` of those that meet the conditions; `besides` is where else a term may stand."""
        terms = [or_(*self._stands_in(term), *besides(term)) for term in words.terms]
        found = await work.session.scalars(
            self.found.where(*conditions, *terms)
            .order_by(*(column.desc() for column in self.newest_by))
            .limit(limit)
        )
        return found.unique().all()

    def _stands_in(self, term: str) -> Iterator[ColumnElement[bool]]:
        yield true() if term in self.own_words else false()
        for text in self.texts:
            yield holds(text, term)
        for column, values in self.words.items():
            if meant := [value for value in values if term in value]:
                yield column.in_(meant)
