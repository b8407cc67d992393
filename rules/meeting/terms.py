"""The numbers of meetings (会议): those of the Work Rules (art. 48, 49, 58), and what the office may set."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final

PLENARIES_A_YEAR: Final = 2
"""Art. 48: 区政府全体会议一般每年召开1—2次."""
EXECUTIVE_EVERY: Final = timedelta(weeks=2)
"""Art. 49: 区政府常务会议一般每两周召开1次."""
DISTRICT_MEETINGS_A_YEAR: Final = 1
"""Art. 58: a department's district-wide meeting, 原则上每年不超过1次."""
HALF_A_DAY: Final = timedelta(hours=4)
"""Art. 58: 时间一般不超过半天; as long as the longer of the office's sessions."""


@dataclass(frozen=True)
class MeetingTerms:
    """[meeting]: what the office may set for itself."""

    reply_by: str = "12:00"
    """The RSVP deadline on the working day before the meeting, by the Shanghai clock."""

    reply_at_least_minutes: int = 60
    """People have at least so long to answer; a usual deadline that leaves less gives way to a later one."""

    usual_minutes: int = 120
    """How long a meeting lasts where nothing is said."""

    remind_minutes: int = 60
    """The second reminder goes out so long before the start."""

    sign_in_before_minutes: int = 15
    """So long before the start 开始签到 is offered to those who run the meeting."""

    sign_in_minutes: int = 30
    """A sign-in that nobody has closed is closed so long after the end."""

    count_seconds: int = 5
    """The office's live count is edited at most once in so many seconds."""

    calls_minutes: int = 30
    """So much office time after the deadline the groups of the silent are told, and the office may call."""

    def __post_init__(self) -> None:
        try:
            _ = self.reply_time
        except ValueError:
            raise ValueError(f"[meeting] reply_by 应写作 12:00，现为“{self.reply_by}”。") from None
        for name, value in vars(self).items():
            if isinstance(value, int) and value < 1:
                raise ValueError(f"[meeting] {name} 至少为1，现为{value}。")

    @property
    def reply_time(self) -> time:
        """The time of day of the usual RSVP deadline."""
        return time.fromisoformat(self.reply_by)

    @property
    def usual(self) -> timedelta:
        """How long a meeting usually lasts."""
        return timedelta(minutes=self.usual_minutes)

    @property
    def remind_before(self) -> timedelta:
        """How long before the start the second reminder goes out."""
        return timedelta(minutes=self.remind_minutes)

    @property
    def calls_after(self) -> timedelta:
        """How much office time after the deadline the office begins to telephone."""
        return timedelta(minutes=self.calls_minutes)

    @property
    def count_every(self) -> timedelta:
        """The shortest time between two edits of the live count."""
        return timedelta(seconds=self.count_seconds)
