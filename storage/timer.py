"""A timer: a due moment kept in the database, for the clock to sweep."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(eq=False)
class Timer:
    """Something to look at when `due_at` comes; at most one per kind and subject.

    `next_at` is when the clock looks at it: the due moment, or later after a try that failed.
    """

    kind: str
    subject_id: int
    due_at: datetime
    next_at: datetime
    attempts: int = 0
    id: int = field(init=False)
