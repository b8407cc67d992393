"""Looking for words in a column as people compare them (rules/spelling.py)."""

from sqlalchemy import ColumnElement, func

from rules.spelling import ways


def holds(column: ColumnElement[str], term: str) -> ColumnElement[bool]:
    """Whether the folded term stands in the column, whatever way its signs are written there."""
    plain = column
    for written, folded in ways(term):
        plain = func.replace(plain, written, folded)
    return plain.icontains(term, autoescape=True)
