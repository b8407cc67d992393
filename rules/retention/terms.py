"""How long the bot's database keeps what is over (办公室规定).

The database is no archive: what has to be filed is filed from the ledgers and the Word forms, by the list
that the office has had approved by its archives. The ten years are the shortest term of 国家档案局令第8号
(permanent, thirty years, ten years), read in reprints only: nothing goes from here before that is over. The
other numbers are the office's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True)
class RetentionTerms:
    """[retention] of the configuration. 0 means: for ever."""

    years: int = 10
    """A matter that is over is kept so many years after the last that was done about it."""
    ledgers: Mapping[str, int] = field(default_factory=dict)
    """The same for one ledger, by its name at `banjie export`: leave, countersign, …"""
    message_days: int = 365
    """What was sent is kept so long, and of an open matter for as long as it is open."""
    left_days: int = 365
    """So long after somebody left what is personal of them is cut down."""
    parked_days: int = 90
    """What could not be handled is kept so long."""

    def __post_init__(self) -> None:
        numbers = {f"ledgers.{name}": years for name, years in self.ledgers.items()}
        numbers |= {name: value for name, value in vars(self).items() if name != "ledgers"}
        for name, value in numbers.items():
            if value < 0:
                raise ValueError(f"[retention] {name} 至少为0（0即长期保留），现为{value}")

    def before(self, ledger: str, now: datetime) -> datetime | None:
        """What was last done before that moment goes; None where it stays for ever."""
        years = self.ledgers.get(ledger, self.years)
        return now - timedelta(days=365.25 * years) if years else None

    def shortest(self, now: datetime) -> datetime | None:
        """What is younger than that is over none of these times; None where everything stays for ever."""
        ledgers = (self.before(name, now) for name in ("", *self.ledgers))
        days = (days_before(each, now) for each in (self.message_days, self.left_days))
        return max((one for one in (*ledgers, *days) if one), default=None)


def days_before(days: int, now: datetime) -> datetime | None:
    """So many days ago; None where there is no end to it."""
    return now - timedelta(days=days) if days else None
