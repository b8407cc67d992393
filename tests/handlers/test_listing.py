"""What stands on the two lists: files with their card, one line for one card, the most pressing first."""

from dataclasses import replace

from markupsafe import Markup

from handlers.alike import offers, question_card
from handlers.desk import page_shown
from handlers.listing import Kind, items_of, key_of
from notices.notice import Attachment, Button, Notice, is_of_matter
from rules.roster import Official
from storage.unit_of_work import UnitOfWork
from tests.cast import Cast, beijing

MAYOR = Cast().mayor


def card(name: str, text: str = "请您审批", *labels: str) -> Notice:
    row = tuple(Button(label, f"{name}:{place}") for place, label in enumerate(labels))
    return Notice(MAYOR, Markup(text), (row,) if row else (), card=name)  # noqa: S704 - written here


async def listed(*cards: Notice, by_due: bool = True) -> list[list[str]]:
    async def source(work: UnitOfWork, official: Official) -> list[Notice]:
        return list(cards)

    items = await items_of(None, MAYOR, Kind("todo", "", [source], "", sorted=by_due))  # type: ignore[arg-type]
    return [[key_of(one) or str(one.text) for one in item] for item in items]


async def test_urgent_comes_first_then_overdue_then_due_soonest_then_what_has_no_end() -> None:
    late, soon = beijing("2026-11-30 09:00"), beijing("2026-12-05 09:00")
    assert await listed(
        card("leave:1"),
        card("leave:2").wanted(soon),
        card("leave:3").wanted(late),
        card("leave:4").wanted(soon, urgent=True),
    ) == [["leave:4"], ["leave:3"], ["leave:2"], ["leave:1"]]


async def test_files_go_with_their_card_and_one_card_stands_once() -> None:
    file = Notice(MAYOR, Markup("文件"), attachment=Attachment("稿.docx", file_id="x"))
    assert await listed(card("countersign:1"), file, card("countersign:2"), card("countersign:1")) == [
        ["countersign:1", "文件"],
        ["countersign:2"],
    ]
    own = card("leave:9"), card("leave:1").wanted(beijing("2026-12-01 08:00"))
    assert await listed(*own, by_due=False) == [["leave:9"], ["leave:1"]]


def test_together_goes_only_what_is_alike_not_urgent_and_without_a_warning() -> None:
    def labels(*cards: Notice) -> list[str]:
        return [button.label for row in offers(cards) for button in row]

    plain = [card(f"leave:{id}", "请您审批", "同意", "不同意") for id in range(3)]
    assert labels(*plain) == ["全部同意（3件请假）"]
    acting = card("leave:7", "请您审批", "同意（代）", "不同意（代）")
    assert labels(plain[0], acting) == ["全部同意（2件请假）"]
    assert labels(plain[0], replace(card("leave:8", "请您审批", "同意"), warns=True)) == []
    assert labels(plain[0], card("leave:8", "请您审批", "同意").wanted(None, urgent=True)) == []
    assert labels(plain[0], card("leave:8", "请您知悉", "知悉")) == []
    assert labels(*(card(f"countersign:{id}", "请签", "无不同意见") for id in range(3))) == []


def test_the_page_that_is_shown_is_named_by_its_own_button() -> None:
    assert (
        page_shown(["list:todo:leave:1:0", "page:todo:1", "page:todo:0", "page:todo:1", "page:todo:0:now"])
        == 0
    )
    assert page_shown(["page:todo:0", "page:todo:1:now"]) == 1
    assert page_shown(["leave:1:agree:0"]) is None


def test_the_question_whose_names_are_read_back_is_no_matter_s_card_and_so_never_folded() -> None:
    assert is_of_matter("leave:7:own")
    assert not is_of_matter(question_card(MAYOR, "12"))
