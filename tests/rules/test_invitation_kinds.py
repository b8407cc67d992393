"""The kinds of art. 87, and its words in the text of other kinds."""

import pytest

from rules.invitation_kinds import APPROVED_ONLY, InvitationKind, questions


def test_the_kinds_that_need_approval_are_those_of_the_article() -> None:
    words = "剪彩、奠基、庆祝会、纪念会、表彰会、座谈会、博览会、研讨会、论坛"
    assert {str(kind) for kind in APPROVED_ONLY} == set(words.split("、"))


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (InvitationKind.SIGNING, "签约后为项目剪彩，并请题词", ["题词", "剪彩"]),
        (InvitationKind.RESEARCH, "调研座谈", []),
        (InvitationKind.RESEARCH, "召开企业座谈会", ["座谈会"]),
        (InvitationKind.MEETING, "会上不安排剪彩，不发贺信", []),
        (InvitationKind.MEETING, "不安排剪彩；请发贺信", ["贺信"]),
        (InvitationKind.FORUM, "论坛开幕，请发贺电", ["贺电"]),
        (InvitationKind.FORUM, "论坛开幕", []),
        (InvitationKind.OTHER, "为区志作序", ["作序"]),
    ],
)
def test_words_of_the_article(kind: InvitationKind, text: str, found: list[str]) -> None:
    assert questions(kind, [text]) == found
