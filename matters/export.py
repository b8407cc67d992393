"""A ledger (台账) drawn up and packed, with progress told where it takes long."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from matters.ledger import Ledger
from notices.export import XLSX, packed
from notices.ledger import Wanted
from notices.notice import Attachment, Button, Notice, Urgency
from rules.ledgers import offered_stretches
from rules.roster import Official, Unit


def which(official: Official, offered: Sequence[Ledger]) -> Notice:
    """Which ledger; asked only where there are several."""
    each = [Button(f"{each.title}台账", f"export:{each.name}") for each in offered]
    buttons = tuple(tuple(each[at : at + 2]) for at in range(0, len(each), 2))
    return Notice(official, Markup("导出哪一种台账？"), buttons, urgency=Urgency.ANSWER)


def when(official: Official, ledger: Ledger, unit: Unit | None, today: date) -> Notice:
    """For which time. The buttons name their dates, so that an old one still gives what it says."""
    buttons = [
        Button(label, f"export:{ledger.name}:{packed(stretch)}")
        for label, stretch in offered_stretches(today)
    ]
    whose = f"{unit.name}" if unit else "全区"
    text = Markup("<b>导出{}台账</b>（{}）\n请选择时间，随即发来 Excel 文件。").format(ledger.title, whose)
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Notice(official, text, rows, urgency=Urgency.ANSWER)


def made(official: Official, ledger: Ledger, wanted: Wanted, content: bytes, count: int) -> Notice:
    """The file, with what is in it and what is not."""
    whose = wanted.unit.name if wanted.unit else "全区"
    text = Markup("{}台账：{}，{}，共{}件。").format(ledger.title, whose, wanted.stretch, count)
    if wanted.unit and ledger.withheld:
        text += Markup("\n{}").format(ledger.withheld)
    file = Attachment(ledger.file_name(wanted, XLSX), content)
    return Notice(official, text, subject=f"{ledger.title}台账", attachment=file, urgency=Urgency.ANSWER)
