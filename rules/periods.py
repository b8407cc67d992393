"""The periods of the Work Rules: every number once, beside its article."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Periods:
    """The numbers of the Work Rules, each replaceable by the office's settings.

    Working days unless the name ends in `_days`, which are calendar days.
    """

    topic_materials: int = 10
    """Art. 54: topic materials reach the office this many working days before the meeting."""

    mayor_report: int = 5
    """Art. 54: within this many before the meeting the mayor is briefed and the materials printed."""

    committee_filing: int = 3
    """Art. 54: within this many before it the district committee is told and the materials delivered."""

    issue_document: int = 5
    """Art. 57: an adopted document is issued within this many working days after the meeting."""

    revise_document: int = 10
    """Art. 57: a much-amended one is revised and reported within this many working days after the meeting."""

    countersign_reply: int = 3
    """Art. 63: a consulted unit answers within this many working days of receipt, then silence is consent."""

    leave_notice_days: int = 3
    """Art. 77: leave is reported this many calendar days before departure."""

    leave_papers_over_days: int = 3
    """Art. 77: a trip of more calendar days than this, both ends counted, needs its papers."""

    invitation: int = 5
    """Art. 86: an invitation reaches the office this many working days before the activity."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value < 1:
                raise ValueError(f"[deadlines] {name} 至少为1，现为{value}。")

    def needs_papers(self, first: date, last: date) -> bool:
        """Whether the trip is over the limit (art. 77): 10-01 to 10-03 is three days, not over."""
        return (last - first).days + 1 > self.leave_papers_over_days


def quorum(expected: int) -> int:
    """More than half of those expected must attend (art. 49): 9 expected -> 5."""
    return expected // 2 + 1
