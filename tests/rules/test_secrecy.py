"""Secrecy marks (art. 59, 79): what bears one, and what only speaks of secrets."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.secrecy import about, marks

MARKED = [
    # alone: a line or a token of its own
    ("机密", "机密"),
    ("  绝密  ", "绝密"),
    ("秘密\n城市更新管理办法", "秘密"),
    ("会签\n标题：城市更新管理办法\n机密\n单位：财政局", "机密"),
    ("城市更新管理办法 秘密", "秘密"),
    ("机密，请勿外传", "机密"),
    ("密级：机密", "机密"),
    ("密级:秘密 单位:财政局", "秘密"),
    ("密级为机密级", "机密"),
    ("定密级：绝密", "绝密"),
    ("事由：机密", "机密"),
    ("机密级", "机密"),
    ("机密文件", "机密"),
    ("绝密材料.pdf", "绝密"),
    ("此件机密", "机密"),
    ("本件属秘密级，阅后收回", "秘密"),
    ("本文件为机密文件。", "机密"),
    ("机密、特急", "机密"),
    ("特急、秘密", "秘密"),
    ("机密/急件", "机密"),
    ("“机密”", "机密"),
    ("会签：《机密》", "机密"),
    # in brackets of any kind
    ("（机密）城市更新方案", "机密"),
    ("城市更新方案（秘密）", "秘密"),
    ("城市(秘密)更新", "秘密"),
    ("[秘密]方案", "秘密"),
    ("【绝密】方案", "绝密"),
    ("〔机密〕方案", "机密"),
    ("「机密」方案", "机密"),
    ("<秘密>方案", "秘密"),
    ("｛秘密｝方案", "秘密"),
    ("［機密］方案", "机密"),
    ("（ 机 密 ）方案", "机密"),
    ("国家秘密（机密级）", "机密"),
    ("（国家秘密）", "秘密"),
    ("【涉密】方案.docx", "涉密"),
    ("方案（涉密文件）.docx", "涉密"),
    ("（密）方案", "密件"),
    ("㊙方案", "密件"),
    # with a star, a period, a number
    ("机密★10年", "机密"),
    ("机密★", "机密"),
    ("秘密★", "秘密"),
    ("秘密☆5年", "秘密"),
    ("机密*长期", "机密"),
    ("机密＊１０年", "机密"),
    ("机密★启封前", "机密"),
    ("绝密★启用前", "绝密"),
    ("000012机密★1年特急", "机密"),
    ("方案机密★3年", "机密"),
    ("工作秘密★1年", "秘密"),
    ("商业秘密★5年", "秘密"),
    ("★机密", "机密"),
    ("秘密、机密★5年", "机密"),
    ("秘密 5年", "秘密"),
    ("秘密5年", "秘密"),
    ("秘密 六个月", "秘密"),
    ("机密 长期", "机密"),
    ("机密 启封前", "机密"),
    ("机密 第3号", "机密"),
    ("机密第三号", "机密"),
    ("机密〔2026〕3号", "机密"),
    ("机密（10年）", "机密"),
    # spaces, hidden signs, traditional forms
    ("机 密", "机密"),
    ("机　密　★　10年", "机密"),
    ("【机 密】方案", "机密"),
    ("城市更新方案 机 密", "机密"),
    ("机\u200b密", "机密"),
    ("機密", "机密"),
    ("絕密★長期", "绝密"),
    ("祕密", "秘密"),
    # 内部资料 and the like
    ("内部资料", "内部资料"),
    ("內部資料", "内部资料"),
    ("内 部 资 料", "内部资料"),
    ("内部文件", "内部文件"),
    ("内部资料 注意保存", "内部资料"),
    ("内部资料，注意保密", "内部资料"),
    ("本件为内部资料，不得外传", "内部资料"),
    ("内部文件严禁外传", "内部文件"),
    ("（内部资料）城市更新方案", "内部资料"),
    ("类型：内部文件", "内部文件"),
    # file names
    ("机密_方案.docx", "机密"),
    ("机密-方案.docx", "机密"),
    ("方案_机密_v2.docx", "机密"),
    ("方案(秘密).pdf", "秘密"),
    ("【内部资料】x.docx", "内部资料"),
    ("内部资料.docx", "内部资料"),
    ("01机密.docx", "机密"),
    ("附件1秘密.pdf", "秘密"),
    ("方案.机密.docx", "机密"),
    ("国家秘密.docx", "秘密"),
]

ABOUT = [
    ("商业秘密保护办法", "秘密"),
    ("千文区商业秘密保护办法（征求意见稿）.docx", "秘密"),
    ("商业 秘密 保护办法", "秘密"),
    ("商 业 秘 密 保 护 办 法", "秘密"),
    ("保守国家秘密条例", "秘密"),
    ("国家秘密定密管理规定", "秘密"),
    ("保守国家秘密 筑牢保密防线", "秘密"),
    ("工作秘密管理办法", "秘密"),
    ("关于机密文件清退工作的通知", "机密"),
    ("机密性、完整性和可用性评估", "机密"),
    ("国家秘密的密级分为绝密、机密、秘密三级", "秘密"),
    ("密级（绝密、机密、秘密）的确定办法", "密级"),
    ("绝密/机密/秘密载体管理", "绝密"),
    ("规范标注“机密”字样的通知", "机密"),
    ("观看《绝密》影片的通知", "绝密"),
    ("个人隐私、商业秘密和个人信息", "秘密"),
    ("秘密、隐私保护", "秘密"),
    ("保守秘密5年的约定", "秘密"),
    ("不涉及国家秘密", "秘密"),
    ("非机密", "机密"),
    ("秘密战线纪念馆", "秘密"),
    ("内部审计", "内部"),
    ("内部资料汇编", "内部"),
    ("内部资料性出版物管理办法", "内部"),
    ("内部文件管理办法", "内部"),
    ("规范内部文件流转的通知", "内部"),
    ("保密工作责任制", "保密"),
    ("涉密人员管理", "涉密"),
    ("涉密：否", "涉密"),
    ("机密：否", "机密"),
]

PLAIN = [
    "城市更新管理办法",
    "随机密码发放",
    "手机密码重置",
    "司 机 密 码",
    "无人机密集区管控",
    "飞机密封件采购",
    "秘书处会议",
    "人口密度",
    "",
    "请假\n类别：出差\n时间：12月1日至12月3日\n地点：济南",
]


@pytest.mark.parametrize(("text", "word"), MARKED)
def test_a_mark_is_seen(text: str, word: str) -> None:
    assert word in marks(text)
    assert about(text) is None


@pytest.mark.parametrize(("text", "word"), ABOUT)
def test_the_word_as_the_matter_is_no_mark_and_asked_about(text: str, word: str) -> None:
    assert marks(text) == []
    assert about(text) == word


@pytest.mark.parametrize("text", PLAIN)
def test_other_words_with_the_same_signs_are_neither(text: str) -> None:
    assert marks(text) == []
    assert about(text) is None


def test_each_mark_is_named_once_in_the_order_it_stands() -> None:
    assert marks("【内部资料】\n机密★10年\n（机密）\n绝密") == ["内部资料", "机密", "绝密"]


words = st.sampled_from(["绝密", "机密", "秘密"])
han = st.text("城市更新管理办法财政局通知方案", max_size=12)
brackets = st.sampled_from(["（）", "()", "[]", "［］", "【】", "〔〕", "「」", "『』", "{}", "<>", "〖〗"])
blank = st.sampled_from(["", " ", "\u3000", "\u00a0", "  ", "\t"])


@given(han, words, brackets, han, blank)
def test_in_brackets_it_is_a_mark_wherever_it_stands(
    left: str, word: str, pair: str, right: str, gap: str
) -> None:
    spaced = word[0] + gap + word[1]
    assert marks(f"{left}{pair[0]}{gap}{spaced}{gap}{pair[1]}{right}") == [word]


@given(han, words, st.sampled_from(["★", "☆", "＊", "*", "⭐"]), blank, han)
def test_with_a_star_it_is_a_mark_wherever_it_stands(
    left: str, word: str, star: str, gap: str, right: str
) -> None:
    assert marks(f"{left}{word}{gap}{star}{right}") == [word]


@given(han.filter(bool), words, han.filter(bool))
def test_within_a_phrase_it_is_no_mark(left: str, word: str, right: str) -> None:
    assert marks(left + word + right) == []
    assert marks(left + word) == []


@given(st.lists(han, max_size=5), words, st.lists(han, max_size=5))
def test_on_a_line_of_its_own_it_is_a_mark_whatever_stands_around(
    above: list[str], word: str, below: list[str]
) -> None:
    assert marks("\n".join([*above, word, *below])) == [word]


@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    found = marks(text)
    assert len(found) == len(set(found))
    assert not (found and about(text))


@given(st.text("机密秘绝内部资料文件★()【】、/ 级年10：“”\n国家商业", max_size=60))
def test_what_is_judged_does_not_depend_on_width(text: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    assert marks(wide) == marks(text)


@pytest.mark.parametrize("piece", ["机密", "秘密、", "内部资料", "机 ", "(密", "国家秘密 ", "★", "密级"])
def test_a_long_message_takes_no_time(piece: str) -> None:
    text = (piece * 4096)[:4096]
    started = time.perf_counter()
    marks(text)
    assert time.perf_counter() - started < 1
