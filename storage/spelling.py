"""Looking for words in a column as people compare them (rules/spelling.py)."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Text, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from rules.spelling import UNSEEN, ways

SEEN: Final = "banjie_seen"
"""What each connection to SQLite is given (storage/database.py), which has no regular expressions."""


class _Seen(FunctionElement[str]):
    """A text without the signs that nobody sees, as `rules.spelling.seen` gives it."""

    type = Text()
    inherit_cache = True


@compiles(_Seen)
def _with_regular_expression(element: _Seen, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    (text,) = element.clauses
    return compiler.process(func.regexp_replace(text, f"[{UNSEEN}]", "", "g"), **how)


@compiles(_Seen, "sqlite")
def _with_our_function(element: _Seen, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    (text,) = element.clauses
    return compiler.process(getattr(func, SEEN)(text), **how)


def holds(column: ColumnElement[str], term: str) -> ColumnElement[bool]:
    """Whether the folded term stands in the column, whatever way its signs are written there."""
    plain: ColumnElement[str] = _Seen(column)
    for written, folded in ways(term):
        plain = func.replace(plain, written, folded)
    return plain.icontains(term, autoescape=True)
