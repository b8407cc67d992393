"""The periods of the Work Rules: every number once, beside its article."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Periods:
    """The numbers of the Work Rules, each replaceable by the office's settings.

    Working days unless the name ends in `_days`, which are calendar days. The last is no number of theirs but
    the office's own choice.
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
    """Art. 77: a trip of more calendar days than this, both ends counted by halves, needs its papers."""

    invitation: int = 5
    """Art. 86: an invitation reaches the office this many working days before the activity."""

    receipt_cut_off: str = ""
    """By the Shanghai clock, as 17:00: what is received from then on, or on an off-day, counts as received on
    the next working day, wherever a period starts with a receipt (see rules.received). Empty: no rule."""

    @property
    def cut_off(self) -> time | None:
        """The hour from which a receipt counts for the next working day, by the Shanghai clock."""
        return time.fromisoformat(self.receipt_cut_off) if self.receipt_cut_off else None

    def __post_init__(self) -> None:
        try:
            written = f"{self.cut_off:%H:%M}" if self.cut_off else ""
        except ValueError:
            written = ""
        if written != self.receipt_cut_off:
            raise ValueError(
                f'[deadlines] receipt_cut_off 应写作 17:00，不用的写 ""，现为“{self.receipt_cut_off}”。'
            )
        for name, value in vars(self).items():
            if isinstance(value, int) and value < 1:
                raise ValueError(f"[deadlines] {name} 至少为1，现为{value}。")

    def needs_papers(self, days: float) -> bool:
        """Whether a trip of so many days is over the limit (art. 77): 3 days are not, 3.5 are."""
        return days > self.leave_papers_over_days


def quorum(expected: int) -> int:
    """More than half of those expected must attend (art. 49): 9 expected -> 5."""
    return expected // 2 + 1
