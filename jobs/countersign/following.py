"""Sheets of 会签 follow whoever signs now (art. 7, 9, 10, 77), and the roster.

Who may sign is asked of the roster and the absences at every tap; here the cards are moved to where they
belong.
"""

from collections.abc import Sequence

from markupsafe import Markup

from matters.countersign.show import bring_up_to_date, take_draft_away
from matters.moves import Moves
from notices import absence as words
from notices.countersign import following as notices
from notices.countersign.card import asked, consulted_text, lead, papers, release_text, with_papers
from notices.countersign.extension import extension_asked, extension_card
from notices.countersign.names import release_card, sign_card
from notices.countersign.told import to_release
from rules.absence import StandIn
from rules.countersign.consultation import Consultation, Seat
from rules.countersign.life import leave_out
from rules.countersign.matter import Countersign, CountersignState
from rules.countersign.prepared import await_release, hand_over, lay_before, take_out
from rules.roster import Official, Unit
from rules.succession import in_hand
from storage.queries.countersign.clock import sheets
from storage.queries.countersign.people import People
from storage.queries.countersign.sheets import (
    PROCEDURE,
    extending,
    lying,
    not_yet_sent,
    passed_on,
    prepared,
    seat_of,
    with_closed_units,
)
from storage.unit_of_work import UnitOfWork


async def follow(work: UnitOfWork, official: Official | None, *, only_urgent: bool = False) -> None:
    """Move every card that lies on another desk than it should; the others are left alone.

    All are looked at, not only the official's: they may stand in for somebody else. Where a unit could not be
    reached and they can be now, they get its card.
    """
    round_ = _Round(work, await People.of(work))
    for sheet in await sheets(work, await _astray(work, round_, official, only_urgent=only_urgent)):
        for one in sheet.waiting:
            await round_.unit(sheet, one, official)
    for sheet in await prepared(work):
        led = sheet.lead_unit.closed_at is None  # else the office desk has it
        if led and (sheet.urgent or not only_urgent):
            await round_.lead(await work.lock(Countersign, sheet.id))
    for sheet, one in await extending(work, round_.people.roster.units):
        if sheet.urgent or not only_urgent:
            await round_.extension(await work.lock(Countersign, sheet.id), one)
    await round_.tell()


async def on_roster(work: UnitOfWork) -> None:
    """A new roster is in force: new heads, units closed, people gone to whom a sheet was passed."""
    people = await People.of(work)
    for id in await with_closed_units(work):
        sheet = await work.lock(Countersign, id)
        for one in sheet.current:
            if one.unit.closed_at is not None and (one.waiting or one.extension or not sheet.rounds):
                await _closed(work, sheet, one, people)
    for found in await not_yet_sent(work):
        await _drafter_left(work, found, people)
    ids = [
        row.countersign_id
        for row in await passed_on(work)
        if not _drafts(people, row.passed_to_id, row.unit_id)
    ]
    for sheet in await sheets(work, sorted(set(ids))):
        for one in sheet.waiting:
            if one.passed_to is not None and not _drafts(people, one.passed_to.id, one.unit.id):
                await take_draft_away(work, sheet, one)
                left = one.passed_to
                one.pass_to_nobody()
                await bring_up_to_date(work, sheet, one)
                await work.send(*notices.passed_to_left(sheet, one, left))
    await follow(work, None)


async def _drafter_left(work: UnitOfWork, found: Countersign, people: People) -> None:
    """Who prepared a sheet that has not gone out is not of the unit any more: its liaison goes on with it."""
    unit = found.lead_unit
    person = in_hand(unit, people.roster)
    if unit.closed_at is not None or found.drafter in people.roster.of(unit) or person is None:
        return
    sheet = await work.lock(Countersign, found.id)
    gone = hand_over(sheet, person)
    detail = {"from": gone.titled, "to": person.titled}
    await work.note(
        None, "countersign.new_drafter", f"countersign:{sheet.id}", article=sheet.kind.article, detail=detail
    )
    await bring_up_to_date(work, sheet)
    why = Markup("{}已离任或调整，{}请您经办。").format(gone.titled, sheet.matter)
    await work.send(lead(sheet, person, work.office.settings.periods, why))


def _drafts(people: People, official_id: int, unit_id: int) -> bool:
    """Whether the one to whom it was passed is still in office, and of that unit."""
    official = people.roster.by_id(official_id)
    return official is not None and official.unit.id == unit_id


async def _closed(work: UnitOfWork, sheet: Countersign, one: Consultation, people: People) -> None:
    """The unit is no more: nothing is asked of it, and its silence is no consent."""
    leave_out(one)
    detail = {"unit": one.unit.name}
    await work.note(
        None, "countersign.unit_closed", f"countersign:{sheet.id}", article=sheet.kind.article, detail=detail
    )
    await bring_up_to_date(work, sheet, one)
    if not sheet.rounds:  # who has to let it go sees whom it goes to
        take_out(sheet, one)
        await bring_up_to_date(work, sheet)
    await work.send(*notices.unit_closed(sheet, one, people.lead(sheet), people.roster))


async def _astray(
    work: UnitOfWork, round_: "_Round", official: Official | None, *, only_urgent: bool
) -> Sequence[int]:
    """The sheets with a card on the wrong desk, or one that the official could not be reached with before."""
    seats = {unit.id: round_.seat(unit) for unit in round_.people.roster.units}
    found: dict[int, None] = {}
    for row in await lying(work):
        seat = seats.get(row.unit_id)
        if seat is None or (only_urgent and not row.urgent):
            continue
        lies = (row.head_id, row.stand_in_id, row.unattended_at is not None)
        should = (_id(seat.head), _id(seat.stand_in), seat.unattended)
        unreached = row.unreachable_at is not None and official is not None
        if lies != should or (unreached and official and official.unit.id == row.unit_id):
            found[row.countersign_id] = None
    return list(found)


def _id(official: Official | None) -> int | None:
    return official.id if official else None


class _Round(Moves):
    """The moves of one round: a card each, and one list for everybody they concern."""

    def __init__(self, work: UnitOfWork, people: People) -> None:
        super().__init__(work)
        self.people = people

    def seat(self, unit: Unit) -> Seat:
        """Who signs for the unit now."""
        return seat_of(unit, self.people.roster, self.people.absences)

    async def unit(self, sheet: Countersign, one: Consultation, official: Official | None) -> None:
        """Take the unit's card from whoever had it, and lay it before whoever signs now."""
        seat = self.seat(one.unit)
        lies = (one.head, one.stand_in, one.unattended_at is not None)
        if lies != (seat.head, seat.stand_in, seat.unattended):
            await self._move(sheet, one, seat)
        elif official is not None and one.unreachable_at is not None and one.delivered_at is None:
            await self._reach(sheet, one, official)

    async def lead(self, sheet: Countersign) -> None:
        """Lay a sheet that waits for 送会签 before whoever releases it now."""
        if sheet.state is not CountersignState.PREPARED:
            return
        work, seat = self.work, self.seat(sheet.lead_unit)
        held = await work.holders(release_card(sheet))
        former, periods, stand_in = sheet.stand_in, work.office.settings.periods, self._stand_in(seat)
        lies = sheet.unattended_at is not None
        await_release(sheet, seat, work.now)
        if seat.signer is None:
            if not lies:
                await work.send(*notices.lead_vacant(sheet, self.people.roster))
            return
        if seat.signer.id in held:
            if seat.nobody and not lies and stand_in is not None:
                self.come(stand_in, f"{sheet.lead_unit.name}的{sheet.matter}（待送出）")
            return
        await work.retire(release_card(sheet), release_text(sheet, periods))
        why = words.takes_over(stand_in) if stand_in and seat.stand_in else words.COMES_BACK
        await work.send(*with_papers(to_release(sheet, seat.signer, periods, why), sheet))
        await self._told(sheet, former, seat, stand_in)

    async def extension(self, sheet: Countersign, one: Consultation) -> None:
        """A request for more time lies with whoever decides for the lead unit now too."""
        seat, extension = self.seat(sheet.lead_unit), one.extension
        signer = seat.signer
        if signer is None or extension is None:
            return
        if signer.id not in await self.work.holders(extension_card(sheet, extension)):
            await self.work.send(*extension_asked(sheet, one, extension, [signer]))
            if (stand_in := self._stand_in(seat)) is not None:
                self.come(stand_in, f"{one.unit.name}就{sheet.matter}申请延期")

    async def _move(self, sheet: Countersign, one: Consultation, seat: Seat) -> None:
        work, periods = self.work, self.work.office.settings.periods
        was, former = one.head, one.stand_in
        if former is not None and former is not seat.stand_in:
            await self._take_away(sheet, one, former)
        if was is not None and (was is not seat.head or (former is not None and seat.stand_in is None)):
            await self._take_away(sheet, one, was)  # they sign no more, or the fresh card is the live one
        before = one.whose
        lay_before(one, seat, work.now)
        stand_in = self._stand_in(seat)
        await work.note(
            None,
            "countersign.follow",
            f"countersign:{sheet.id}",
            article=stand_in.article if stand_in and stand_in.leave else None,
            detail={
                "unit": one.unit.name,
                "from": before,
                "to": one.whose,
            },
        )
        await bring_up_to_date(work, sheet, one)
        if seat.head is None:
            await work.send(*notices.vacant(sheet, one, self.people.lead(sheet), self.people.roster))
            return
        why = ""
        if seat.stand_in is not None and stand_in is not None:
            why = words.takes_over(stand_in)
        elif was is not seat.head:
            why = f"{one.unit.name}主要负责人已调整，这件会签请您签署。"
        elif former is not None:
            why = words.ALONE if stand_in else words.COMES_BACK
        if why and seat.signer is not None:
            await work.send(*with_papers(asked(sheet, one, seat.signer, periods, why=why), sheet))
        await self._told(sheet, former, seat, stand_in)

    async def _reach(self, sheet: Countersign, one: Consultation, official: Official) -> None:
        """They could not be reached with it, and can be now: the period begins if they are."""
        if official in self.people.entitled(one) and official.telegram_id is not None:
            notice = asked(sheet, one, official, self.work.office.settings.periods)
            has_it = official.id in await self.work.holders(notice.card)  # from 待办, or as they were bound
            await self.work.send(*(papers(sheet, official) if has_it else with_papers(notice, sheet)))

    async def _told(
        self, sheet: Countersign, former: Official | None, seat: Seat, stand_in: StandIn | None
    ) -> None:
        matter = f"{sheet.lead_unit.name}的{sheet.matter}"
        if former is not None and former is not seat.stand_in and seat.head is not None:
            self.gone(former, seat.head, seat.stand_in, matter)
        if stand_in is not None:
            self.come(stand_in, matter)

    def _stand_in(self, seat: Seat) -> StandIn | None:
        return self.people.absences.decides_for(seat.head, PROCEDURE) if seat.head else None

    async def _take_away(self, sheet: Countersign, one: Consultation, holder: Official) -> None:
        name = sign_card(sheet, one, holder)
        await self.work.retire(name, consulted_text(sheet, one, self.work.office.settings.periods))
