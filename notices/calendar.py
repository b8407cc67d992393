"""What the office is told about its calendar."""

from markupsafe import Markup

from notices.notice import Notice
from rules.roster import Roster


def next_year_missing(year: int, roster: Roster) -> list[Notice]:
    """To the desk: deadlines that reach into the year are 暂定 until its notice is loaded."""
    text = Markup(
        "📅 <b>{}年放假安排尚未录入</b>\n"
        "跨入{}年的期限、今年12月25日至31日的期限，目前都标“暂定”。\n"
        "国务院办公厅通知公布后，请管理员执行：\n<code>banjie calendar import 通知文本.txt</code>"
    ).format(year, year)
    return [
        Notice(clerk, text, subject=f"{year}年放假安排尚未录入")
        for clerk in roster.desk
        if clerk.telegram_id is not None
    ]
