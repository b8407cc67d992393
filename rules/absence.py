"""Who decides while somebody is away (art. 7, 9, 10, 77), or has handed their matters over for some days.

A leave covers from its first half day (0:00, or noon) until 销假, or until the next one begins; one that was
approved only after its end covers nothing. A delegation covers its days. Rights come from these two only and
end with them: whoever may decide is worked out anew at every tap. Nothing here knows of chats or tables, and
the time is always passed in.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rules.dates.reading import HalfDaySpan
from rules.dates.spans import overlap
from rules.delegation import Delegation, begins_at
from rules.leave.acting import unable
from rules.leave.matter import Leave, LeaveState
from rules.roster import VICE_MAYORS, Official, Role, Roster


@dataclass(frozen=True)
class StandIn:
    """Who decides in the place of `for_whom`, and by what right.

    `official` is None where nobody can: the office desk is told. `away` are those who would have come before
    them but are away themselves.
    """

    for_whom: Official
    official: Official | None
    leave: Leave | None = None
    delegation: Delegation | None = None
    away: tuple[Official, ...] = ()

    @property
    def article(self) -> int | None:
        """Where the Work Rules say that they decide; None where it is the office's custom."""
        return article_of(self.for_whom)


def article_of(absent: Official) -> int | None:
    """The article on who decides in their place: 7 mayor, 9 vice mayors, 10 office, 77 heads."""
    if absent.role in VICE_MAYORS:
        return 9
    return {Role.MAYOR: 7, Role.OFFICE_DIRECTOR: 10, Role.UNIT_HEAD: 77}.get(absent.role)


def starts_at(leave: Leave) -> datetime:
    """When the leave begins to cover, as aware UTC: the first instant of its first half day."""
    return begins_at(leave.start, leave.start_half)


class Absences:
    """The leaves and delegations that hold at `now` or later, with the questions asked of them.

    `leaves` may be any; only approved ones count. Everything is read when asked, so that what changes in the
    same unit of work is seen.
    """

    def __init__(
        self,
        now: datetime,
        roster: Roster,
        leaves: Iterable[Leave] = (),
        delegations: Iterable[Delegation] = (),
    ) -> None:
        self.now = now
        self.roster = roster
        self.leaves = list(leaves)
        self.delegations = list(delegations)

    def away(self, official: Official) -> Leave | None:
        """The leave they are on: approved, begun, not reported back from; of several the latest begun.

        Who goes from one leave into the next is on the next: who acts by that one acts.
        """
        begun = (leave for leave in self._of(official) if starts_at(leave) <= self.now)
        return max(begun, key=starts_at, default=None)

    def until(self, official: Official) -> date | None:
        """The last day of the leave they are on, a Shanghai date; None if they are in office."""
        leave = self.away(official)
        return leave.end if leave else None

    def away_during(self, official: Official, span: HalfDaySpan) -> Leave | None:
        """Their approved leave that shares at least half a day with the span, also one still to come."""
        return next((leave for leave in self._of(official) if overlap(leave.span, span)), None)

    def delegates(self, official: Official, procedure: str = "leave") -> Delegation | None:
        """The delegation that now gives their matters of this procedure to somebody else."""
        running = (d for d in self.delegations if d.principal is official and d.runs(self.now))
        return next((d for d in running if d.scope.covers(procedure)), None)

    @property
    def absent(self) -> Sequence[Official]:
        """Everybody whose matters may now be somebody else's: on leave, or having handed them over."""
        away = [leave.applicant for leave in self.leaves if self.away(leave.applicant) is not None]
        handed = [d.principal for d in self.delegations if d.runs(self.now)]
        return list(dict.fromkeys([*away, *handed]))

    def decides_for(
        self, official: Official, procedure: str = "leave", *, applicant: Official | None = None
    ) -> StandIn | None:
        """Who decides in their place now, or None: they themselves.

        `applicant` is whose matter it is; nobody decides their own. Someone who has only delegated is at
        hand: where their delegate cannot, they decide themselves. A leave goes before a delegation.
        """
        leave = self.away(official)
        if leave is None:
            delegation = self.delegates(official, procedure)
            if delegation is None or not self._present(delegation.delegate, applicant):
                return None
            return StandIn(official, delegation.delegate, delegation=delegation)
        search = _Search(self, applicant, procedure)
        found = search.below(official) or search.above(official)
        return StandIn(official, found, leave=leave, away=tuple(search.away))

    def may_decide(
        self, official: Official, asked: Official, applicant: Official, procedure: str = "leave"
    ) -> bool:
        """Whether the question put to `asked` is this official's: their own, or as who stands in for them."""
        if official is asked:
            return True
        stand_in = self.decides_for(asked, procedure, applicant=applicant)
        return stand_in is not None and stand_in.official is official

    def _of(self, official: Official) -> Iterator[Leave]:
        for leave in self.leaves:
            approved = leave.applicant is official and leave.state is LeaveState.APPROVED
            if approved and not leave.approved_too_late:
                yield leave

    def _present(self, official: Official, applicant: Official | None) -> bool:
        in_office = self.roster.by_id(official.id) is not None
        return in_office and official is not applicant and self.away(official) is None


class _Search:
    """One walk along the line of those who could decide; nobody is asked twice, so it always ends.

    Who has said that they cannot act for one of those it leads past is passed over, whatever names them
    again.
    """

    def __init__(self, absences: Absences, applicant: Official | None, procedure: str) -> None:
        self.absences = absences
        self.applicant = applicant
        self.procedure = procedure
        self.away: list[Official] = []
        self._seen: set[Official] = set()

    def below(self, absent: Official) -> Official | None:
        """The first of those who act for them; for one who is away themselves, those who act for that one.

        Where that leads to the applicant, their peers are not asked instead: it goes upward.
        """
        leave = self.absences.away(absent)
        self._seen |= {absent, *(unable(leave) if leave else ())}
        for candidate in self._line(absent):
            if candidate is self.applicant:
                return None
            if candidate in self._seen:
                continue
            found = self._try(candidate)
            if found is not None:
                return found
        return None

    def above(self, absent: Official) -> Official | None:
        """The nearest superior, or who acts for them."""
        for superior in _superiors(absent, self.absences.roster):
            if superior is not self.applicant and superior not in self._seen:
                found = self._try(superior)
                if found is not None:
                    return found
        return None

    def _try(self, candidate: Official) -> Official | None:
        if self.absences.away(candidate) is None:
            return candidate
        self.away.append(candidate)
        return self.below(candidate)

    def _line(self, absent: Official) -> Iterator[Official]:
        """Who acts for them, if in office: named on their leave, named by the rules, or their delegate."""
        roster, leave = self.absences.roster, self.absences.away(absent)
        handed = self.absences.delegates(absent, self.procedure)
        line = [leave.acting if leave else None, *_usual(absent, roster), handed.delegate if handed else None]
        for one in dict.fromkeys(line):
            if one is not None and one is not absent and roster.by_id(one.id) is not None:
                yield one


def _usual(absent: Official, roster: Roster) -> Sequence[Official | None]:
    """常务副区长 for the mayor (art. 7), 补位 for vice mayors (9), deputies for directors (10, 77)."""
    if absent.role is Role.MAYOR:
        return [roster.executive_vice_mayor]
    if absent.role in VICE_MAYORS:
        return [roster.by_id(absent.backup_id)]
    if absent.role is Role.OFFICE_DIRECTOR:
        return roster.of(absent.unit, Role.OFFICE_DEPUTY)
    if absent.role is Role.UNIT_HEAD:
        return roster.of(absent.unit, Role.DEPUTY_HEAD)
    return []


def _superiors(absent: Official, roster: Roster) -> Iterator[Official]:
    """Upward from them, nearest first; nobody stands above the mayor."""
    line: list[Official | None] = []
    if absent.role is Role.MAYOR:
        return
    if absent.role is Role.UNIT_HEAD:
        line.append(roster.in_charge_of(absent.unit))
    elif absent.role not in VICE_MAYORS and absent.role is not Role.OFFICE_DIRECTOR:
        line += [roster.head_of(absent.unit), roster.in_charge_of(absent.unit)]
    if absent.role is not Role.EXECUTIVE_VICE_MAYOR:
        line.append(roster.executive_vice_mayor)
    line.append(roster.mayor)
    for one in dict.fromkeys(line):
        if one is not None and one is not absent:
            yield one
