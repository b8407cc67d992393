"""The roster and its bindings in the database: taken over whole, handed out, redeemed, undone."""

from collections.abc import Iterator

from sqlalchemy import delete, select, update

from notices.notice import State
from rules.binding import BindingCode, FreshCode, WrongTry, code_hash
from rules.roster import Official, Unit
from rules.roster_change import PersonChange, RosterChange
from rules.roster_import import PersonRow, UnitRow
from rules.roster_match import by_leaving
from storage.outbox import Kind
from storage.tables import audit, binding_codes, drafts, officials, outbox, units, wrong_tries
from storage.unit_of_work import UnitOfWork

_LEFT = "roster.left"


async def apply(work: UnitOfWork, change: RosterChange) -> list[Official]:
    """Apply the whole difference in the open transaction; gives everybody whose waiting matters must move.

    Those are the ones who left, moved or changed role. Who left is unbound, their codes and half-filled forms
    are void; a unit that is closed loses its group. Who is back goes on in their old row, with the account
    they had unless another has it now; what went to others meanwhile stays theirs.
    """
    if change.doubts:
        raise ValueError("a roster with doubts is not applied")  # whoever imports asks first
    accounts = await accounts_of_returned(work, change)
    for back in change.people_back:
        await _take_back(work, back.official, accounts.get(back.official))
    account_left = {official: official.telegram_id for official in change.people_left}
    for unit in change.units_closed:
        unit.close(work.now)
    for official in change.people_left:
        await unbind(work, official)
        await _close_drafts(work, official)
        official.leave_office(work.now)
    known_units = {**change.known_units, **{row: _new_unit(work, row) for row in change.units_new}}
    renamed = [*_renamed(change)]
    for each in change.units_changed:
        each.unit.become(each.row.name, each.row.full_name, each.row.kind)
    for changed in [*change.people_changed, *change.people_back]:
        _alter(changed, known_units[changed.row.unit])
    new_people = {row: _new_official(work, row, known_units[row.unit]) for row in change.people_new}
    known_people = {**change.known_people, **new_people}
    await work.flush()  # ids for the references
    for unit_row, unit in known_units.items():
        unit.put_in_charge(known_people[unit_row.portfolio] if unit_row.portfolio else None)
    for row, official in known_people.items():
        official.back_up_by(known_people[row.backup] if row.backup else None)
    await work.flush()
    work.forget_roster()
    for official in change.people_left:
        detail = {"name": official.titled, "telegram_id": account_left[official]}
        await work.note(None, _LEFT, f"official:{official.id}", detail=detail)
    for back in change.people_back:
        came = back.official
        detail = {"name": came.titled, "telegram_id": came.telegram_id}
        await work.note(None, "roster.back", f"official:{came.id}", detail=detail)
    for subject, before, after in renamed:
        await work.note(None, "roster.renamed", subject, detail={"before": before, "after": after})
    await work.note(None, "roster.import", "roster", detail=_counts(change))
    return change.displaced


async def accounts_of_returned(work: UnitOfWork, change: RosterChange) -> dict[Official, int]:
    """Which account who is back gets again: the one they had when they left, if nobody has it now."""
    held = {official.telegram_id for official in (await work.roster()).officials}
    accounts: dict[Official, int] = {}
    for official in reversed(by_leaving(back.official for back in change.people_back)):
        account = await _account_when_he_left(work, official)
        if account is not None and account not in held:
            held.add(account)
            accounts[official] = account
    return accounts


async def _account_when_he_left(work: UnitOfWork, official: Official) -> int | None:
    """As the audit has it: a code issued since they bound themselves had cut that account off before."""
    said = await work.session.execute(
        select(audit.c.action, audit.c.detail)
        .where(
            audit.c.subject == f"official:{official.id}",
            audit.c.action.in_([_LEFT, "binding.bound", "binding.issued"]),
        )
        .order_by(audit.c.id.desc())
    )
    for action, detail in said:
        if action != _LEFT or "telegram_id" in detail:  # in older books a leaving does not say it
            account: int | None = detail.get("telegram_id")
            return account
    return None


async def _take_back(work: UnitOfWork, official: Official, account: int | None) -> None:
    """In office again. Cards from before are forgotten: they were not kept true while they were away."""
    official.come_back()
    await work.session.execute(
        update(outbox)
        .where(outbox.c.official_id == official.id, outbox.c.card.is_not(None))
        .values(card=None)
    )
    if account is not None:
        await release_account(work, account)
        official.bind(account)


def _renamed(change: RosterChange) -> Iterator[tuple[str, str, str]]:
    """Whose name is another from now on: the books go on under the new one."""
    for unit in change.units_changed:
        if (unit.unit.name, unit.unit.full_name) != (unit.row.name, unit.row.full_name):
            yield f"unit:{unit.unit.id}", unit.unit.full_name, unit.row.full_name
    for person in [*change.people_changed, *change.people_back]:
        if person.official.name != person.row.name:
            yield f"official:{person.official.id}", person.official.name, person.row.name


def _new_unit(work: UnitOfWork, row: UnitRow) -> Unit:
    unit = Unit(row.name, row.full_name, row.kind)
    work.add(unit)
    return unit


def _new_official(work: UnitOfWork, row: PersonRow, unit: Unit) -> Official:
    official = Official(row.name, unit, row.post, row.role, row.phone)
    work.add(official)
    return official


def _alter(change: PersonChange, unit: Unit) -> None:
    row = change.row
    change.official.become(row.name, unit, row.post, row.role, row.phone)


def _counts(change: RosterChange) -> dict[str, int]:
    """How many of each, for the audit; empty kinds are left out."""
    kinds = {
        "units_new": len(change.units_new),
        "units_changed": len(change.units_changed),
        "units_closed": len(change.units_closed),
        "people_new": len(change.people_new),
        "people_changed": len(change.people_changed),
        "people_left": len(change.people_left),
        "people_back": len(change.people_back),
    }
    return {kind: count for kind, count in kinds.items() if count}


# ---------------------------------------------------------------- codes


async def give_code(work: UnitOfWork, official: Official, fresh: FreshCode) -> BindingCode:
    """Issue the fresh code to the official: their old account is unbound and their old codes are dead."""
    await unbind(work, official)
    code = fresh.issue(official, work.office.settings.binding, work.now)
    work.add(code)
    await work.flush()
    await work.note(None, "binding.issued", f"official:{official.id}")
    return code


async def find_code(work: UnitOfWork, typed: str) -> BindingCode | None:
    """The code a person typed, dead or alive, its row locked; None if there is no such code."""
    found: BindingCode | None = await work.session.scalar(
        select(BindingCode).where(binding_codes.c.code_hash == code_hash(typed)).with_for_update()
    )
    return found


async def unbind(work: UnitOfWork, official: Official) -> None:
    """Cut the official from their Telegram account and kill their live codes.

    Messages still waiting for the old account are kept from it: they count as undelivered.
    """
    live = select(BindingCode).where(
        binding_codes.c.official_id == official.id,
        binding_codes.c.used_at.is_(None),
        binding_codes.c.revoked_at.is_(None),
    )
    for code in await work.session.scalars(live):
        code.revoke(work.now)
    if official.telegram_id is None:
        return
    official.bind(None)
    await work.session.execute(
        update(outbox)
        .where(
            outbox.c.official_id == official.id,
            outbox.c.state.in_([State.HELD, State.WAITING]),
            outbox.c.kind == Kind.MESSAGE,
        )
        .values(chat_id=None)
    )
    await work.flush()


async def release_account(work: UnitOfWork, telegram_id: int) -> None:
    """Take the account from whoever has left but still holds it: an account is bound to one official only."""
    await work.session.execute(
        update(Official)
        .where(officials.c.telegram_id == telegram_id, officials.c.left_at.is_not(None))
        .values(telegram_id=None)
    )


async def recent_wrong_tries(work: UnitOfWork, telegram_id: int) -> list[WrongTry]:
    """The account's wrong codes that still count; older ones of anybody are swept out."""
    since = work.now - work.office.settings.binding.window
    await work.session.execute(delete(WrongTry).where(wrong_tries.c.tried_at <= since))
    found = await work.session.scalars(select(WrongTry).where(wrong_tries.c.telegram_id == telegram_id))
    return list(found)


async def _close_drafts(work: UnitOfWork, official: Official) -> None:
    await work.session.execute(
        update(drafts)
        .where(drafts.c.official_id == official.id, drafts.c.closed_at.is_(None))
        .values(closed_at=work.now)
    )


# ---------------------------------------------------------------- groups


async def unit_of_group(work: UnitOfWork, chat_id: int) -> Unit | None:
    """The unit whose group this chat is."""
    found: Unit | None = await work.session.scalar(select(Unit).where(units.c.group_chat_id == chat_id))
    return found


async def follow_migration(work: UnitOfWork, old: int, new: int) -> None:
    """A group became a supergroup: its unit, half-filled forms and waiting messages go along.

    Telegram says so in the old chat and in the new one, and a send may meet it as well, all at one moment:
    the unit's row is locked, and who comes second finds nothing left to do.
    """
    of_old = select(Unit).where(units.c.group_chat_id == old).with_for_update()
    unit = await work.session.scalar(of_old)
    if unit:
        taken = await unit_of_group(work, new) is not None
        unit.group_becomes(None if taken else new)
    for table in (outbox, drafts):
        await work.session.execute(update(table).where(table.c.chat_id == old).values(chat_id=new))
