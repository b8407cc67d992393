"""However much is written, and however many object, a card is one message with its buttons under it."""

from notices.card import under
from notices.countersign.card import consulted_text, lead_text
from notices.countersign.lead import opinion_text
from notices.countersign.mediation import asked, mediation_text, reply_text, with_papers
from notices.message_text import TEXT_LIMIT, length
from rules.countersign.answer import CountersignPaper, Opinion
from rules.countersign.consultation import Seat
from rules.countersign.life import new_round
from rules.countersign.matter import Countersign, CountersignKind
from rules.countersign.objection import Reply
from rules.countersign.settling import open_mediation, reply_to_objection
from rules.periods import Periods
from rules.roster import Official, Role, Unit, UnitKind
from tests.countersign_cast import WEDNESDAY, CountersignCast

SCREEN = 2600
"""Characters of a card that is still read on a phone with some scrolling."""


def _apart(cast: CountersignCast, many: int) -> Countersign:
    """A topic to so many units, all of which object at length, each with as long a reply."""
    head = cast.head_of(cast.housing)
    papers = [CountersignPaper("file", f"{'<长>&' * 40}{number}.docx", round=1) for number in range(10)]
    title = "<b>&" * 25
    sheet = Countersign(
        cast.housing, head, CountersignKind.TOPIC, title, WEDNESDAY, remark="说" * 300, papers=papers
    )
    sheet.id = 12
    heads: dict[Unit, Official | None] = {}
    for number in range(many):
        unit = Unit(f"第{number}街道办", f"千文区第{number}街道办事处", UnitKind.TOWN)
        unit.id = 100 + number
        heads[unit] = Official(f"主任{number}", unit, "主任", Role.UNIT_HEAD)
    sheet.consult(heads)
    sheet.release(head, cast.seat(cast.housing), WEDNESDAY)
    for id, one in enumerate(sheet.consultations, 31):
        one.id = id
        signer = one.head
        assert signer
        sheet.sign(signer, one, Opinion.OBJECTION, WEDNESDAY, seat=Seat(signer), text="反\n对" * 333)
        reply_to_objection(
            sheet, head, one, Reply.NOT_ADOPTED, "答" * 500, WEDNESDAY, cast.seat(cast.housing)
        )
    return sheet


def test_of_thirty_one_long_objections_the_lead_units_card_shows_the_beginnings() -> None:
    sheet = _apart(CountersignCast(), 31)
    text = lead_text(sheet, Periods())
    assert length(text) <= TEXT_LIMIT
    assert "反对反对" in text
    assert text.count("反对反对反") <= 28 * 30


def test_one_units_cards_hold_all_that_was_said() -> None:
    cast = CountersignCast()
    sheet = _apart(cast, 2)
    one = sheet.current[0]
    assert one.answer
    for text in (
        consulted_text(sheet, one, Periods()),
        opinion_text(sheet, one, one.answer),
        reply_text(sheet, one),
    ):
        assert SCREEN > length(text) > 1500
        assert one.answer.text in text
        assert "答" * 500 in text


def test_a_unit_that_objects_to_every_version_still_has_a_card_with_buttons() -> None:
    cast = CountersignCast()
    sheet = _apart(cast, 1)
    head = cast.head_of(cast.housing)
    for _ in range(4):
        (unit,) = [one.unit for one in sheet.current]
        signer = sheet.current[0].head
        assert signer
        papers = [CountersignPaper("file", "新稿.docx")]
        new_round(
            sheet,
            head,
            cast.seat(cast.housing),
            WEDNESDAY,
            papers=papers,
            note="改" * 300,
            again=[unit],
            heads={unit: signer},
        )
        (one,) = sheet.current
        sheet.sign(signer, one, Opinion.OBJECTION, WEDNESDAY, seat=Seat(signer), text="反对" * 500)
        reply_to_objection(
            sheet, head, one, Reply.NOT_ADOPTED, "答" * 500, WEDNESDAY, cast.seat(cast.housing)
        )
    assert length(consulted_text(sheet, sheet.current[0], Periods())) <= TEXT_LIMIT


def test_who_mediates_between_many_has_a_card_and_all_the_grounds_behind_it() -> None:
    cast = CountersignCast()
    vice = Official("某副区长", Unit("区政府", "千文区人民政府", UnitKind.LEADERS), "副区长", Role.VICE_MAYOR)
    for many in (1, 2, 10):
        sheet = _apart(cast, many)
        head, seat = cast.head_of(cast.housing), cast.seat(cast.housing)
        mediation = open_mediation(sheet, head, vice, "理" * 1000, WEDNESDAY, seat)
        mediation.id = 5
        card = asked(sheet, mediation, vice)
        assert length(card.text) <= TEXT_LIMIT
        sent = with_papers(sheet, card, mediation)
        full = [notice for notice in sent if "各方理据全文" in notice.text]
        whole = mediation_text(sheet, mediation, whole=True)
        assert "理" * 1000 in whole
        if many == 1:
            assert not full, "nothing was left out"
            assert whole == mediation_text(sheet, mediation)
        else:
            assert "（内容较长，全文另发。）" in card.text
            assert [notice.text for notice in full] == [under("各方理据全文：", whole)]
            assert sent.index(full[0]) == 1, "right below the card"
