"""The kinds of art. 87, and its words in the text of other kinds, however they are written."""

import pytest

from rules.invitation.kinds import APPROVED_ONLY, InvitationKind, kin, questions

RESEARCH, FORUM = InvitationKind.RESEARCH, InvitationKind.FORUM


def test_the_kinds_that_need_approval_are_those_of_the_article() -> None:
    words = "剪彩、奠基、庆祝会、纪念会、表彰会、座谈会、博览会、研讨会、论坛"
    assert {str(kind) for kind in APPROVED_ONLY} == set(words.split("、"))


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (InvitationKind.SIGNING, "签约后为项目剪彩，并请题词", ["题词", "剪彩"]),
        (RESEARCH, "调研座谈", []),
        (RESEARCH, "召开企业座谈会", ["座谈会"]),
        (InvitationKind.MEETING, "会上不安排剪彩，不发贺信", []),
        (InvitationKind.MEETING, "不安排剪彩；请发贺信", ["贺信"]),
        (FORUM, "论坛开幕，请发贺电", ["贺电"]),
        (FORUM, "论坛开幕", []),
        (InvitationKind.OTHER, "为区志作序", ["作序"]),
        (FORUM, "论坛期间为新馆剪彩", ["剪彩"]),  # the approval is for the forum
        (InvitationKind.COMMENDATION, "表彰大会", []),
    ],
)
def test_words_of_the_article(kind: InvitationKind, text: str, found: list[str]) -> None:
    assert questions(kind, [text]) == found


@pytest.mark.parametrize(
    "text",
    [
        *(
            "剪 彩",
            "剪\u3000彩",
            "剪·彩",
            "剪彩仪式",
            "“剪”“彩”",
            "剪\n彩",
            "剪\u200b彩",
            "剪綵",
            "剪采仪式",
            "剪个彩",
        ),
        *("奠 基", "奠基石揭幕", "项目培土", "破土动工", "集中开工仪式", "开工典礼", "动土仪式"),
        *("庆祝大会", "建镇70周年庆祝活动", "校庆", "周年慶典", "庆功会", "厂庆晚会", "新春茶话会"),
        *("纪念大会", "诞辰100周年纪念活动", "紀念會", "纪念抗战胜利大会"),
        *("表彰大会", "总结表彰会", "颁奖典礼", "表彰仪式", "授奖"),
        *("座谈会", "座谈交流会", "企业家恳谈会", "座談會"),
        *("博览会", "农博会", "世博会", "展销会", "交易会", "投资洽谈会", "招商推介会", "纺织展会"),
        *("研讨会", "学术研讨会", "研讨交流会", "高级研讨班", "学术年会"),
        *("论坛", "高端论壇", "论　坛", "产业峰会", "协会年会"),
        *("贺 信", "贺电", "致賀電", "贺函"),
        *("题词", "题字", "题写馆名", "题个字", "书写校名", "题匾", "題詞", "现场挥毫", "留下墨宝"),
        *("作序", "为志书写序", "写个序", "撰写序言", "代序", "撰写前言"),
        *("著作首发", "出版文集", "讲话汇编", "专著"),
    ],
)
def test_in_other_words(text: str) -> None:
    assert questions(RESEARCH, ["城区调研", text]) != []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "修剪彩旗",
            "剪彩纸",
            "工作序列",
            "操作序号",
            "书写序号",
            "祝贺电视台开播",
            "祝贺信用社",
            "青年会议",
        ),
        *("发展会议", "启动土地整治", "出版社调研", "新闻出版局", "无题词、不剪彩", "取消剪彩", "调研座谈"),
        *("城区重点项目调研", "慰问困难群众", "区政府常务会议", "学习研讨", "约30人", "云腾街道便民中心"),
    ],
)
def test_left_in_peace(text: str) -> None:
    assert questions(RESEARCH, [text]) == []
    assert kin(RESEARCH, [text]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新馆揭 牌", ["揭牌"]),
        ("揭幕、授牌", ["揭幕", "授牌"]),
        ("商场开业庆典", ["开业"]),
        ("项目启动仪式", ["启动仪式"]),
        ("不安排揭牌", []),
    ],
)
def test_what_the_article_does_not_name_is_only_asked_about(text: str, found: list[str]) -> None:
    assert kin(RESEARCH, [text]) == found
    assert kin(FORUM, [text]) == []
    assert not set(questions(RESEARCH, [text])) & set(found)
