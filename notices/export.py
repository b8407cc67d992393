"""What /export (台账) says and offers: which ledger, for which time, and the file itself."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from notices.ledger import Ledger, Wanted
from rules.leave_ledger import Stretch
from rules.ledgers import offered_stretches
from rules.roster import Official, Unit
from storage.outbox import Attachment, Button, Notice, Urgency

XLSX = "xlsx"


def which(official: Official, offered: Sequence[Ledger]) -> Notice:
    """Which ledger; asked only where there are several."""
    each = [Button(f"{each.title}台账", f"export:{each.name}") for each in offered]
    buttons = tuple(tuple(each[at : at + 2]) for at in range(0, len(each), 2))
    return Notice(official, Markup("导出哪一种台账？"), buttons, urgency=Urgency.ANSWER)


def when(official: Official, ledger: Ledger, unit: Unit | None, today: date) -> Notice:
    """For which time. The buttons name their dates, so that an old one still gives what it says."""
    buttons = [
        Button(label, f"export:{ledger.name}:{_packed(stretch)}")
        for label, stretch in offered_stretches(today)
    ]
    whose = f"{unit.name}" if unit else "全区"
    text = Markup("<b>导出{}台账</b>（{}）\n请选择时间，随即发来 Excel 文件。").format(ledger.title, whose)
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Notice(official, text, rows, urgency=Urgency.ANSWER)


def _packed(stretch: Stretch) -> str:
    return "-".join(f"{day:%Y%m%d}" if day else "" for day in (stretch.first, stretch.last))


def made(official: Official, ledger: Ledger, wanted: Wanted, content: bytes, count: int) -> Notice:
    """The file, with what is in it and what is not."""
    whose = wanted.unit.name if wanted.unit else "全区"
    text = Markup("{}台账：{}，{}，共{}件。").format(ledger.title, whose, wanted.stretch, count)
    if wanted.unit and ledger.withheld:
        text += Markup("\n{}").format(ledger.withheld)
    file = Attachment(ledger.file_name(wanted, XLSX), content)
    return Notice(official, text, subject=f"{ledger.title}台账", attachment=file, urgency=Urgency.ANSWER)
