"""What /export (台账) says and offers: which ledger, for which time, and the file itself."""

from rules.stretch import Stretch

XLSX = "xlsx"


def packed(stretch: Stretch) -> str:
    return "-".join(f"{day:%Y%m%d}" if day else "" for day in (stretch.first, stretch.last))
