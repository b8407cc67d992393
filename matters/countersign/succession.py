"""A sheet of 会签, and its legal review, when the unit that has it in hand is closed (art. 10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from markupsafe import Markup

from matters.countersign.sending import ask, hand_in
from matters.countersign.show import bring_up_to_date
from matters.succession import Kind
from notices.countersign import clock as notices
from notices.countersign.card import lead, lead_text
from notices.countersign.extension import extension_card
from notices.countersign.lead import version_card
from notices.countersign.mediation import to_answer
from notices.countersign.names import late_card, lead_card, objection_card, release_card
from notices.countersign.succession import of_review, of_sheet
from notices.countersign.told import to_release
from notices.succession import Left
from rules.countersign.matter import Countersign, CountersignState
from rules.countersign.stall import unanswered
from rules.countersign.succession import Review, review_left, sheet_left, take_review, take_sheet
from rules.roster import Official, Unit
from storage.queries.absence import follow_soon
from storage.queries.countersign import sheets as stored
from storage.queries.countersign.people import People, leading
from storage.queries.countersign.succession import led_by_none, reviewed_by_none
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class OfSheet:
    """A sheet whose lead unit is closed."""

    sheet: Countersign

    def left(self, now: datetime) -> Left:  # noqa: ARG002 - the same for every kind
        """How it stands on the desk's card."""
        return of_sheet(self.sheet)

    async def own_cards(self, work: UnitOfWork) -> tuple[Markup, Sequence[str]]:
        """Those of whoever leads the sheet: letting it go, its card, objections, wishes for more time."""
        sheet = self.sheet
        await bring_up_to_date(work, sheet, *sheet.current)
        names = [release_card(sheet), lead_card(sheet), version_card(sheet)]
        for one in sheet.consultations:
            names += [objection_card(sheet, one), late_card(sheet, one)]
            names += [extension_card(sheet, extension) for extension in one.extensions]
        return lead_text(sheet, work.office.settings.periods), names

    async def take_over(self, work: UnitOfWork, clerk: Official, unit: Unit, person: Official) -> None:
        """The unit leads the sheet from now on; the periods are longer by the days on which nobody did."""
        sheet = self.sheet
        was = sheet.lead_unit
        calendar, hours = await work.calendar(), work.office.settings.hours
        longer = take_sheet(sheet, clerk, unit, person, work.now, calendar, hours)
        await work.flush()
        why = Markup("{}已撤并，由{}承接（{}）。").format(was.name, unit.name, clerk.titled)
        if sheet.state is CountersignState.PREPARED:
            await hand_in(work, sheet, await stored.seat(work, unit), again=False)
        else:
            await bring_up_to_date(work, sheet, *sheet.current)
            await _tell_lead(work, sheet, why)
            to_lead = await leading(work, sheet)
            for one in sheet.current:
                if unanswered(one):
                    await work.send(*(card for to in to_lead for card in to_answer(sheet, one, to)))
        people = await People.of(work)
        for one in longer:
            await work.send(*notices.put_off(sheet, one, f"主办单位现为{unit.name}", people.unit(one), ()))
        if (head := people.roster.head_of(unit)) is not None:
            # Wishes for more time, a version that waits: to who decides for the unit now.
            await follow_soon(work, head)


@dataclass(frozen=True)
class OfReview:
    """The legal review of a sheet whose reviewer is closed (art. 21, 24, 53)."""

    review: Review

    def left(self, now: datetime) -> Left:  # noqa: ARG002 - the same for every kind
        """How it stands on the desk's card."""
        return of_review(self.review)

    async def own_cards(self, work: UnitOfWork) -> tuple[Markup, Sequence[str]]:  # noqa: ARG002
        """None: its card lay with a unit that is asked no more."""
        return Markup(), ()

    async def take_over(self, work: UnitOfWork, clerk: Official, unit: Unit, person: Official) -> None:  # noqa: ARG002
        """The unit reviews the law from now on."""
        sheet, was = self.review.sheet, self.review.unit
        calendar, hours, roster = await work.calendar(), work.office.settings.hours, await work.roster()
        asked, longer = take_review(sheet, clerk, unit, roster.head_of(unit), work.now, calendar, hours)
        await work.flush()
        if asked is not None and asked.asked_at == work.now:
            await ask(work, sheet)
        await bring_up_to_date(work, sheet, *([asked] if asked else []))
        whom = "主办单位" if unit is sheet.lead_unit else unit.name
        why = Markup("{}已撤并，合法性审查由{}承接（{}）。").format(was.name, whom, clerk.titled)
        await _tell_lead(work, sheet, why)
        if asked is not None and longer:
            people = await People.of(work)
            await work.send(
                *notices.put_off(
                    sheet, asked, f"{was.name}已撤并，合法性审查由贵单位承接", people.unit(asked), ()
                )
            )


async def _tell_lead(work: UnitOfWork, sheet: Countersign, why: Markup) -> None:
    """Those who follow the sheet for its lead unit get its card anew, below what they have."""
    periods = work.office.settings.periods
    if sheet.state is CountersignState.PREPARED:
        seat = await stored.seat(work, sheet.lead_unit)
        if seat.signer is not None:
            await work.send(to_release(sheet, seat.signer, periods, why))
        return
    await work.send(*(lead(sheet, to, periods, why) for to in await leading(work, sheet)))


async def _sheets(work: UnitOfWork) -> Sequence[OfSheet]:
    return [OfSheet(sheet) for sheet in await led_by_none(work) if sheet_left(sheet)]


async def _sheet(work: UnitOfWork, id: int) -> OfSheet:
    return OfSheet(await work.lock(Countersign, id))


async def _reviews(work: UnitOfWork) -> Sequence[OfReview]:
    return [OfReview(Review(sheet)) for sheet in await reviewed_by_none(work) if review_left(sheet)]


async def _review(work: UnitOfWork, id: int) -> OfReview:
    return OfReview(Review(await work.lock(Countersign, id)))


KINDS: Final = (Kind("countersign", _sheets, _sheet), Kind("review", _reviews, _review))
