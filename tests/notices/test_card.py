"""What a lock screen shows of a card, how far a matter has got, what is folded, which buttons are green."""

import pytest
from markupsafe import Markup

from notices.card import (
    DONE,
    FIRST_LINE,
    LATER,
    WAITS,
    Step,
    asks,
    headline,
    introduced,
    news_on,
    progress,
    quoted,
    still_news,
    under,
)
from notices.message_text import QUOTE, SCREEN, cited_once, folded, plain, screen_lines, split
from notices.notice import Button, Style
from tests.cast import THURSDAY, Cast, beijing


def test_a_first_line_says_who_what_when_and_what_is_wanted() -> None:
    who = introduced(Cast().head)
    assert headline(who, "请假", "12月8日至10日", "请您审批") == (
        "<b>冯寒来（财政局局长）请假 12月8日至10日，请您审批</b>"
    )
    assert headline("", "您的请假") == "<b>您的请假</b>"


def test_a_long_title_loses_its_end_and_what_is_wanted_stays() -> None:
    line = headline("住建局", f"文稿《{'城市更新' * 20}》会签（急件）", "", "请您签署，11月26日(周四)前")
    assert len(plain(line)) == FIRST_LINE
    assert plain(line).endswith("…》会签（急件），请您签署，11月26日(周四)前")
    assert headline("", Markup("《&lt;b&gt;》")) == "<b>《&lt;b&gt;》</b>", "escaped once"


def test_who_stands_in_reads_for_whom() -> None:
    cast = Cast()
    assert asks("审批", cast.mayor, cast.mayor) == "请您审批"
    assert asks("审批", cast.executive, cast.mayor) == "请您代区长审批"


def test_why_a_card_comes_stands_below_its_first_line() -> None:
    card = Markup("<b>一</b>\n二")
    assert under("区长<外出>。\n请即办", card) == ("<b>一</b>\n<i>区长&lt;外出&gt;。</i>\n<i>请即办</i>\n二")
    assert under("", card) == card


def test_an_article_is_cited_once_the_last_time_or_where_the_words_name_it() -> None:
    cited = Markup("一（依据《工作规则》第九条）\n二（第十条）\n三（依据《工作规则》第九条、第十条）")
    assert cited_once(cited) == "一\n二\n三（依据《工作规则》第九条、第十条）"
    assert cited_once(Markup("一（依据《工作规则》第九条、第十条）\n（第十条）")) == (
        "一（依据《工作规则》第九条）\n（第十条）"
    )
    named = Markup("第九条规定须签字。\n（依据《工作规则》第九条）\n《工作规则》第九条：“须签字。”")
    assert cited_once(named) == "第九条规定须签字。\n《工作规则》第九条：“须签字。”"


def test_news_stands_on_the_card_and_says_nothing_twice() -> None:
    card = Markup("<b>请假，已批准</b>\n时间：1日\n区长意见：早去早回\n地点：济南")
    news = Markup("<b>您的请假，赵某已同意</b>\n附言：早去早回")
    told = "<b>您的请假，赵某已同意</b>\n附言：早去早回\n时间：1日\n地点：济南"
    assert news_on(news, card) == told
    assert news_on(news, card, live=False) == news
    assert still_news(news, card, "<b>请假，已批准</b>") == told
    assert still_news(news, card, "<b>请假，待赵某审批</b>") == card


def test_progress_has_surnames_and_whole_names_where_two_have_the_same() -> None:
    cast = Cast()
    ten = beijing("2026-12-08 10:05")
    steps = [
        Step(DONE, cast.executive, cast.mayor, THURSDAY),
        Step(DONE, cast.vice, None, ten),
        Step(WAITS, cast.mayor),
        Step(LATER, cast.head),
    ]
    assert progress(steps) == "✓钱（代赵） 11月26日 09:00 → ✓孙 12月8日 10:05 → ●赵 → ○冯"
    cast.head.name = "孙海曲"
    assert progress(steps).endswith("✓孙宇宙 12月8日 10:05 → ●赵 → ○孙海曲")


def test_what_does_not_fit_a_screen_is_folded_whole() -> None:
    short = Markup("\n").join(f"第{n}行" for n in range(SCREEN))
    assert folded(short) == short
    lines = [Markup("第{}行").format(n) for n in range(30)]
    lines[20] = quoted("引文\n两行")
    text = folded(Markup("\n").join(lines))
    assert screen_lines(text) == SCREEN
    assert text.count(QUOTE) == 1, "no quotation within another"
    assert plain(text) == plain(Markup("\n").join(lines)), "nothing is left out"
    wide = Markup("\n").join(["头", "长" * 400])
    assert screen_lines(folded(wide)) < SCREEN


def test_a_quotation_is_closed_where_a_message_ends_and_opened_in_the_next() -> None:
    parts = split(folded(Markup("\n").join(f"第{n}行" for n in range(60))), 100)
    assert len(parts) > 1
    for part in parts:
        assert part.count(QUOTE) == part.count("</blockquote>")


@pytest.mark.parametrize(
    ("label", "style"),
    [
        ("同意", Style.AGREE),
        ("同意（代）", Style.AGREE),
        ("代拟逾期无不同意见", Style.AGREE),
        ("不同意", Style.REFUSE),
        ("代拟有不同意见", Style.REFUSE),
        ("撤回变更", Style.REFUSE),
        ("退回修改", Style.PLAIN),
        ("不同意见汇总", Style.PLAIN),
    ],
)
def test_a_button_is_drawn_by_its_word(label: str, style: Style) -> None:
    assert Button(label, "x:1").drawn is style
    assert Button(label, "x:1", style=Style.PLAIN).drawn is Style.PLAIN
