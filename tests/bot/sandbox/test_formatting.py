"""Telegram's HTML mode: entities counted in UTF-16, complaints word for word, and what a page shows."""

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.formatting import formatted, shown


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>请</b>假", "请假", [{"type": "bold", "offset": 0, "length": 1}]),
        ("😀<i>a</i>", "😀a", [{"type": "italic", "offset": 2, "length": 1}]),
        (
            "<u>a<s>b</s></u>",
            "ab",
            [
                {"type": "underline", "offset": 0, "length": 2},
                {"type": "strikethrough", "offset": 1, "length": 1},
            ],
        ),
        (
            "<a href='https://a.cn?x=1&amp;y'>此</a>",
            "此",
            [{"type": "text_link", "offset": 0, "length": 1, "url": "https://a.cn?x=1&y"}],
        ),
        ("<a href='javascript:x'>此</a>", "此", []),
        ("<code>/leave <b>x</b></code>", "/leave x", [{"type": "code", "offset": 0, "length": 8}]),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [{"type": "pre", "offset": 0, "length": 1, "language": "python"}],
        ),
        ("<tg-spoiler>x</tg-spoiler>", "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
        ('<span class="tg-spoiler">x</span>', "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
        (
            "<blockquote expandable>x</blockquote>",
            "x",
            [{"type": "expandable_blockquote", "offset": 0, "length": 1}],
        ),
        ("&lt;&#39;&#x5f20;&quot;&nbsp;", "<'张\"&nbsp;", []),
        ("  <b>x</b>y \n", "xy", [{"type": "bold", "offset": 0, "length": 1}]),
        ("<b> </b>", "", []),
        ("/start 和/start", "/start 和/start", [{"type": "bot_command", "offset": 0, "length": 6}]),
    ],
)
def test_what_a_text_becomes(source: str, text: str, entities: list[dict[str, object]]) -> None:
    assert formatted(source, "HTML") == (text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("中<b", "Unclosed start tag at byte offset 3"),
        ("<b x", "Unclosed start tag at byte offset 0"),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<i>x", 'Can\'t find end tag corresponding to start tag "i"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=x!>x</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_what_telegram_complains_of(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as caught:
        formatted(source, "HTML")
    assert caught.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_a_page_gets_tags_and_no_foreign_html() -> None:
    text, entities = formatted(
        "<b>请<i>假</i></b> &lt;img&gt; <a href='https://a.cn/?a&amp;b'>此</a>", "HTML"
    )
    assert shown(text, entities) == (
        "<b>请<i>假</i></b> &lt;img&gt; "
        '<a href="https://a.cn/?a&amp;b" target="_blank" rel="noopener noreferrer">此</a>'
    )
    crossing = [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 2}]
    assert shown("abc", crossing) == "<b>a<i>b</i></b><i>c</i>"
