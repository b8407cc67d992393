"""Objections on their way to agreement follow whoever decides now (art. 7, 9, 10, 53, 77).

The lead unit's reply, the objecting unit's signature, the mediation. As in jobs/countersign/following.py the
right is asked for at every tap; here only the cards are moved.
"""

from functools import partial

from matters.countersign.todo import MEDIATION
from matters.moves import Moves
from notices.countersign import mediation as notices
from notices.countersign.end import version_to_send
from notices.countersign.lead import version_card
from notices.countersign.names import objection_card
from rules.absence import Absences
from rules.countersign.consultation import Consultation
from rules.countersign.life import asked_again
from rules.countersign.matter import Countersign
from rules.countersign.objection import Mediation
from rules.countersign.round import NewVersion
from rules.countersign.settling import mediator_of, parties
from rules.refused import Refused
from rules.roster import Official
from storage.queries.absence import absences
from storage.queries.countersign.settling import mediated, to_reply, to_stand
from storage.queries.countersign.sheets import PROCEDURE, renewing, seat, seat_of
from storage.unit_of_work import UnitOfWork


async def follow(work: UnitOfWork, _official: Official | None, *, only_urgent: bool = False) -> None:
    """Lay replies, stands and new versions before whoever signs now; the others are left alone."""
    moves, now = Moves(work), await absences(work)
    units = (await work.roster()).units
    for sheet, one in await to_stand(work, units):
        if sheet.urgent or not only_urgent:
            await _stand(work, moves, now, await work.lock(Countersign, sheet.id), one)
    for sheet, one in await to_reply(work, units):
        if sheet.urgent or not only_urgent:
            await _reply(work, sheet, one)
    for sheet in await renewing(work):
        if sheet.urgent or not only_urgent:
            await _version(work, moves, now, await work.lock(Countersign, sheet.id))
    await moves.tell()


async def on_roster(work: UnitOfWork) -> None:
    """A new roster is in force: who has left mediates no more, a changed 分管 takes open mediations along."""
    roster = await work.roster()
    for found in await mediated(work):
        sheet = await work.lock(Countersign, found.id)
        lead = await seat(work, sheet.lead_unit)
        for mediation in MEDIATION.waiting(sheet):
            try:
                mediator, why = mediator_of(sheet, parties(sheet, mediation), lead, roster)
            except Refused:
                continue  # nobody is left who could: it stays where it is until the roster is mended
            if mediator is not mediation.mediator:
                await _hand_over(work, sheet, mediation, mediator, why)
    await MEDIATION.follow(work)
    await follow(work, None)


async def _hand_over(
    work: UnitOfWork, sheet: Countersign, mediation: Mediation, mediator: Official, why: str
) -> None:
    was = mediation.holder
    above = f"分管领导有调整，{sheet.lead_unit.name}提请的协调请您办理。{why}"
    put = partial(mediation.put_to, mediator)
    await MEDIATION.reroute(work, sheet, mediation, put, why=above, article=53)
    if was.left_at is None:
        await work.send(notices.handed_over(sheet, was, mediator))


async def _stand(
    work: UnitOfWork, moves: Moves, now: Absences, sheet: Countersign, one: Consultation
) -> None:
    """The reply lies with the unit's head, or with who signs in their place; the head keeps their copy."""
    place, name = seat_of(one.unit, now.roster, now), notices.reply_card(sheet, one)
    if place.signer is None:
        return
    held, entitled = await work.holders(name), {each.id for each in (place.head, place.signer) if each}
    if place.signer.id in held and held <= entitled:
        return
    if not held <= entitled:
        await work.retire(name, notices.reply_text(sheet, one))
    acting_for = place.acting_for(place.signer)
    await work.send(notices.to_sign(sheet, one, place.signer, acting_for=acting_for))
    stand_in = now.decides_for(place.head, PROCEDURE) if place.head else None
    if stand_in is not None:
        moves.come(stand_in, f"{sheet.lead_unit.name}的{sheet.matter}答复")


async def _version(work: UnitOfWork, moves: Moves, now: Absences, sheet: Countersign) -> None:
    """A new version that was made ready lies with whoever may send it now too."""
    place = seat_of(sheet.lead_unit, now.roster, now)
    signer = place.signer
    if signer is None or sheet.new_version is None:
        return
    if signer.id not in await work.holders(version_card(sheet)):
        version = NewVersion.unpack(sheet.new_version)
        by = now.roster.by_id(version.by) or sheet.drafter
        again = asked_again(sheet, version.again)
        await work.send(*version_to_send(sheet, version, again, signer, by))
        stand_in = now.decides_for(place.head, PROCEDURE) if place.head else None
        if stand_in is not None:
            moves.come(stand_in, f"{sheet.matter}第{sheet.round + 1}稿待送出")


async def _reply(work: UnitOfWork, sheet: Countersign, one: Consultation) -> None:
    """The objection lies with the lead unit's head too, or with who decides in their place."""
    signer = (await seat(work, sheet.lead_unit)).signer
    if signer is not None and signer.id not in await work.holders(objection_card(sheet, one)):
        await work.send(*notices.to_answer(sheet, one, signer))
