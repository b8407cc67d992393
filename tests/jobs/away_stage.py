"""An office in which people are away: for what its desk and its leaders are told of a day or a week."""

from collections.abc import Callable
from datetime import date

from rules.approval import Decision
from rules.dates.reading import Half
from rules.leave.filing import CommitteeFiling
from rules.roster import Official
from tests.cast import Cast
from tests.stage import Stage, enter


class AwayStage(Stage[Cast]):
    """The cast as it is stored, and their leaves at the beginning of December."""

    async def enter(self) -> None:
        """Store the cast."""
        async with self.office.work("cast") as work:
            await enter(work, self.cast.units, self.cast.officials)

    async def report(
        self,
        who: Callable[[Cast], Official],
        acting: Callable[[Cast], Official] | None = None,
        *,
        id: int,
        approved: bool = True,
        filing: str = "",
    ) -> None:
        """A leave from 1 to 3 December, submitted on 26 November and approved at once, unless it is not."""
        async with self.office.work(f"report{id}") as work:
            roster = await work.roster()
            people = {official.id: official for official in roster.officials}
            applicant, stand_in = who(self.cast), acting(self.cast) if acting else None
            leave = Cast().report(
                people[applicant.id],
                people[stand_in.id] if stand_in else None,
                start=(date(2026, 12, 1), Half.AM),
                end=(date(2026, 12, 3), Half.AM),
                roster=roster,
            )
            leave.id = id
            while approved and leave.waiting:
                waiting = leave.waiting
                leave.decide(waiting.approver, waiting.position, Decision.AGREE, self.now)
            if filing:
                leave.filings.append(CommitteeFiling(filing, self.now))
            work.add(leave)
