"""会签 on the office's morning card, a section for each kind of trouble."""

from collections.abc import Sequence

from markupsafe import Markup

from notices.board_morning import Section
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from rules.dates.reading import moment_words, say_day

Cases = Sequence[tuple[Countersign, Consultation]]


def overdue(cases: Cases) -> Section:
    """Whose signature is missing after the last day (art. 53, 59)."""
    return Section(
        f"会签逾期未签{len(cases)}件",
        [
            Markup("{}：{}，期限{}，待{}签字，电话{}").format(
                sheet.matter,
                one.unit.name,
                one.due_label,
                one.whose,
                (one.asked.phone if one.asked else "") or "未登记",
            )
            for sheet, one in cases
        ],
        [f"countersign:{sheet.id}" for sheet, _ in cases],
    )


def unreached(cases: Cases) -> Section:
    """Units to which the sheet was not delivered, so that their periods have not begun (art. 63)."""
    return Section(
        f"会签未送达{len(cases)}件，期限没有起算",
        [
            Markup("{}：{}，{}送出，请联系或送纸质件").format(
                sheet.matter, one.unit.name, moment_words(one.asked_at) if one.asked_at else ""
            )
            for sheet, one in cases
        ],
        [f"countersign:{sheet.id}" for sheet, _ in cases],
    )


def extending(cases: Cases) -> Section:
    """Wishes for more time that the lead unit has not answered."""
    return Section(
        f"会签延期申请待答复{len(cases)}件",
        [
            Markup("{}：{}申请延期至{}，待{}答复").format(
                sheet.matter, one.unit.name, say_day(one.extension.until), sheet.lead_unit.name
            )
            for sheet, one in cases
            if one.extension is not None
        ],
        [f"countersign:{sheet.id}" for sheet, _ in cases],
    )
