"""What is said when a unit asked changes: its head's post is vacant, it is closed, a drafter has left."""

from collections.abc import Iterable

from markupsafe import Markup

from notices.countersign.words import titled
from notices.notice import Notice
from rules.articles import cite
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from rules.roster import Official, Roster


def passed_to_left(sheet: Countersign, one: Consultation, left: Official) -> list[Notice]:
    """To who signs: the one to whom it was passed has left."""
    text = Markup("{}\n受您转交的{}已离任或调整。").format(titled(sheet, "请答复或另行转交"), left.titled)
    return [Notice(one.asked, text, subject="会签转交", asks=True)] if one.asked else []


def vacant(
    sheet: Countersign, one: Consultation, lead_people: Iterable[Official], roster: Roster
) -> list[Notice]:
    """To the office and the lead unit: nobody can sign for the unit."""
    text = Markup("{}\n{}主要负责人空缺，请区政府办公室明确签署人；花名册更新后自动送达。{}").format(
        titled(sheet, f"{one.unit.name}暂无人签字"), one.unit.name, cite(53)
    )
    told = dict.fromkeys([*roster.desk, *lead_people])
    return [Notice(official, text, subject="会签无人签字", asks=True) for official in told]


def lead_vacant(sheet: Countersign, roster: Roster) -> list[Notice]:
    """To the office and who drafted it: nobody of the lead unit can let it go."""
    text = Markup("{}\n{}主要负责人空缺，请区政府办公室明确签署人；花名册更新后自动送达。{}").format(
        titled(sheet, "暂无人送会签"), sheet.lead_unit.name, cite(63)
    )
    drafter = roster.by_id(sheet.drafter.id)
    told = dict.fromkeys([*roster.desk, *([drafter] if drafter else [])])
    return [Notice(official, text, subject="会签无人送出", asks=True) for official in told]


def unit_closed(
    sheet: Countersign, one: Consultation, lead_people: Iterable[Official], roster: Roster
) -> list[Notice]:
    """To the lead unit and the office: the unit is no more, and is not counted as having agreed."""
    then = "职能由其他单位承接的，请另行征求其意见。"
    if sheet.reviews(one):
        then = f"合法性审查待区政府办公室明确承接单位，其间不能{'办结' if sheet.rounds else '送会签'}。"
    text = Markup("{}\n不再列入会签，也不视为无不同意见。{}").format(
        titled(sheet, f"{one.unit.name}已撤并", ""), then
    )
    office = [] if sheet.reviews(one) else roster.desk  # asked about it on a card of its own
    told = dict.fromkeys([*lead_people, *office])
    return [Notice(official, text, subject="会签单位撤并", asks=True) for official in told]
