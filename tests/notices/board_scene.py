"""Boards of the small cast, as one viewer would see them."""

from datetime import datetime, time

from notices.board import Board
from rules.absence import Absences
from rules.board import View, absence, days_of, may_see, ordered
from rules.leave.matter import Leave, LeaveState
from rules.roster import Official, Role
from rules.working_days import SHANGHAI, Calendar, shanghai_day
from tests.cast import Cast


def stands(leave: Leave, id: int) -> Leave:
    """The leave as approved before it began, under this number."""
    leave.id, leave.state = id, LeaveState.APPROVED
    leave.decided_at = datetime.combine(leave.start, time(), SHANGHAI)
    return leave


def board(cast: Cast, viewer: Official, view: View, now: datetime, *leaves: Leave) -> Board:
    """The viewer's board of these leaves."""
    days = days_of(view, shanghai_day(now))
    real = [one for leave in leaves if (one := absence(leave, now))]
    seen = [one for one in real if one.during(days.first, days.last) and may_see(viewer, one.official)]
    acting = Absences(now, cast.roster, leaves)
    stand_ins = {one.official.id: found for one in seen if (found := acting.decides_for(one.official))}
    return Board(viewer, days, ordered(seen), cast.roster, Calendar(), now, stand_ins)


def crowd(cast: Cast, count: int) -> list[Leave]:
    """So many people of the archive, all away from 1 to 3 December with somebody to act for them."""
    stand_in = Official("蒋闰余", cast.archive, "副馆长", Role.DEPUTY_HEAD)
    stand_in.id = 100
    leaves = []
    for number in range(1, count + 1):
        person = Official(f"沈成{number}", cast.archive, "科员", Role.LIAISON)
        person.id = 100 + number
        leaves.append(stands(cast.report(person, stand_in), number))
    return leaves
