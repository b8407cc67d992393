"""What the administrator does with the roster from the command line: take a new one over, issue codes."""

import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path

from rich.console import Console

from bot.roster.codes import HandedOut
from bot.roster.difference import show
from bot.roster.files import read_file
from handlers.arrival import bring
from matters import binding
from rules.binding import FreshCode
from rules.refused import Refused
from rules.roster import Official, Roster
from rules.roster_cells import cell_text
from rules.roster_change import RosterChange, compare
from rules.roster_match import Answers
from storage.office import Office
from storage.queries import roster as stored
from storage.queries.absence import follow_soon
from storage.unit_of_work import UnitOfWork

Reroute = Callable[[UnitOfWork, Official], Awaitable[None]]
"""A procedure's own answer to an official who left, moved or changed role: what waited for them goes on."""

Afterwards = Callable[[UnitOfWork], Awaitable[None]]
"""A procedure's look at its matters once the new roster is in force, whoever it displaced."""


async def import_roster(
    office: Office,
    file: Path,
    console: Console,
    *,
    dry_run: bool = False,
    answers: Answers | None = None,
    reroutes: Sequence[Reroute] = (),
    afterwards: Sequence[Afterwards] = (),
) -> RosterChange:
    """Show what the file changes and, unless it is a dry run, apply the whole of it in one transaction.

    RosterRejected names every bad row; nothing is changed then, nor as long as the difference has doubts that
    `answers` leaves open. Accounts that are unbound, or bound again, are told; these get what waits for them.
    """
    new = read_file(file)
    async with office.work(f"roster:{secrets.token_hex(6)}") as work:
        change = compare(await work.roster(), new, answers)
        bound_again = await stored.accounts_of_returned(work, change)
        show(change, console, bound_again)
        if change and not change.doubts and not dry_run:
            for leaving in change.people_left:
                await binding.farewell(work, leaving)
            for closing in change.units_closed:
                await binding.group_farewell(work, closing)
            displaced = await stored.apply(work, change)
            for back in bound_again:
                await binding.welcome_back(work, back)
            for official in displaced:
                for reroute in reroutes:
                    await reroute(work, official)
            for follow_up in afterwards:
                await follow_up(work)
            for back in bound_again:  # what the matters have not sent yet
                await follow_soon(work, back)
                await bring(work, back, anew=False)
    return change


def chosen(roster: Roster, *, unit: str = "", person: str = "") -> list[Official]:
    """Who is to get a code: one person, the unbound of one unit, or all who are unbound.

    Only a person asked for by name gets a new code although they are bound: that undoes their binding.
    """
    if person:
        named = roster.named(cell_text(person))
        if not named:
            raise Refused(f"花名册里没有“{person}”。")
        if len(named) > 1:
            raise Refused(
                f"“{person}”有{len(named)}人同名，请写作“{named[0].name}({named[0].unit.name})”的样子。"
            )
        return named
    people = roster.officials
    if unit:
        found = roster.unit(cell_text(unit))
        if found is None:
            raise Refused(f"花名册里没有单位“{unit}”。")
        people = roster.of(found)
    return [official for official in people if official.telegram_id is None]


async def hand_out(
    office: Office,
    *,
    unit: str = "",
    person: str = "",
    progress: Callable[[Sequence[int]], Iterable[int]] = iter,
) -> list[HandedOut]:
    """Issue fresh codes to the `chosen`; earlier codes of theirs are dead from now on.

    `progress` may wrap the walk over the people (rich.progress.track): hashing for a whole district takes
    seconds, and is done before the transaction is opened, so that it does not hold the bot up.
    """
    cause = f"codes:{secrets.token_hex(6)}"
    async with office.work(cause) as work:
        ids = [official.id for official in chosen(await work.roster(), unit=unit, person=person)]
    fresh = {id: FreshCode() for id in progress(ids)}
    handed = []
    async with office.work(f"{cause}:issue") as work:
        for id, code in fresh.items():
            official = await work.lock(Official, id)
            await binding.farewell(work, official)
            record = await stored.give_code(work, official, code)
            handed.append(HandedOut(official, code.words, record.expires_at))
    return handed
