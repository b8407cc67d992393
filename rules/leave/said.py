"""How people ask for leave in a sentence of their own, and what of it goes onto the report (art. 77)."""

import re
from typing import Final

from rules.leave.kinds import kind_named
from rules.sentences.expressions import Answer, Expressions, Question, Said, answer, as_word
from rules.sentences.pattern import Pattern
from rules.sentences.terms import find

_LONG: Final = (
    r"(?:个|一个|一下|下|一次|[\d一二两三四五六七八九十半]+天半?的?|[\d一二两三]+个?小时的?|几天|\s)*"
)
_SORT: Final = r"(?:年休|年|事|病|婚|产|陪产|护理|丧|探亲|公休|公|休|育儿|长|短)?"
_NO_PAPER: Final = (
    "(?!日|期|装|如|条|单|牌|制|规|流|手续|审|台|记|情|的|人|名|统|时|天数|系|功|程|事宜|要求|通知|原因|理由|范围|权|办法|表"
    "|政策|标准|证|新闻)"
)
_ORDERS: Final = Pattern(
    rf"(?<![再多])请{_LONG}{_SORT}假{_NO_PAPER}"
    r"|(?:办|报|填|写|走|提交|提|申请|上报|发起)(?:理|个|一下|下|一个|一份|份)*(?:外出|请假|休假|年休假|公休|出差)(?:报告|报备|申请|手续|审批)?"
    rf"|(?:申请|想|要)休{_LONG}{_SORT}假{_NO_PAPER}|请假报告|外出报告|外出报备|报备(?:一下)?外出|报外出"
)
_OWN_LEAVE: Final = Pattern(
    r"我的?(?:这个|那个|报的)?(?:假|请假|报告|请假报告|外出报告|年假)[^，,。]{0,8}(?:批|审|同意|到哪|怎么样|进展|结果)"
)
_ANYBODYS: Final = Pattern(
    r"(?P<words>.*?)的?(?:请假|假|外出)(?:报告|申请|条)?(?:现在|都|有没有|是不是)?(?:批|审批|同意|送到|到哪)"
)

# ---------------------------------------------------------------- what goes onto the report

_GO: Final = Pattern(r"(?:前往|飞往|赶往|[去赴到飞往回在])(?:一?趟)?")
_DOING: Final = Pattern(
    r"做检查|做手术|做体检|开[^，。]{0,8}会|参加|出席|开会|参会|与会|列席|培训|学习|进修|考察|调研|看病|就医|就诊|住院|手术|体检|复查|复诊|治疗|出差|办事|办理|办公|汇报"
    r"|对接|洽谈|招商|探亲|探望|看望|旅游|休假|休养|陪|接|送|处理|领取|领奖|报到|拜访|走访|检查|督查|督导|交流|研讨|观摩|签约|谈判"
    r"|访问|出访|审计|考试|面试|讲课|授课|评审|验收|奔丧|结婚|照顾|参观|争取|落实|协调|衔接|述职|应诉|出庭|开庭|参训|集训|公干|过年|过节"
)
_NO_REASON: Final = frozenset(
    {"出差", "公干", "休假", "外出", "年假", "病假", "因公出差", "因公外出", "因公", "因私"}
)
_PRIVATE: Final = Pattern(
    r"有事|家[里中]|私事|急事|病|疼|烧|不舒服|不适|孩子|小孩|老人|父|母|爱人|妻|丈夫|搬家|办证|事情|事由|婚|丧"
)
_OF_OTHERS: Final = Pattern(r"陪|照顾|看望|探望|护理|接|送|孩子|小孩|老人|父|母|爱人|妻|丈夫|岳")
_PHONE: Final = Pattern(r"(?:电话|手机|联系电话)?[是为:\s]*(?P<number>1[3-9]\d{9})(?!\d)")
_ACTING: Final = Pattern(
    r"(?:外出|请假)?(?:期间)?(?:工作)?(?:由|请|让)(?P<name>[\u4e00-\u9fff]{2,4}?)(?:同志|副?局长|副?主任|副?镇长)?(?:代为|临时|代)?(?:主持|负责)(?:工作|全面工作|日常工作)?"
)
_BECAUSE: Final = Pattern(r"^(?:因为?|由于|事由是?:?|原因是?:?|理由是?:?)")
_NOISE: Final = Pattern(
    r"麻烦(?:您|你|了)?|(?:请)?帮忙|请?(?:帮|给|替)我|您好|你好|谢谢(?:您|你|了)?|不好意思|各位|领导好?|同志|办公室|办结"
    r"|(?:我|本人)(?:想要?|需要?|要|得|准备|打算|计划|拟|申请)?|(?:想要?|需要?|要|得|准备|打算|计划|拟|申请|特此|特)(?=$|去|赴|到|前往|参加|回)"
    r"|(?:向|跟|和)\S{0,8}?(?:区长|局长|主任|领导|办公室)(?=$|\s)|一下$|^[的因于从了也就吧啊]+|[的了吧啊呀]+$|所以|请批准|望批准|请准假|请予?批准|报备|(?:来|去|到)不了|(?:跟|和|向)\S{0,6}?说一[声下]|说一[声下]"
)
_BEHIND: Final = Pattern(r"(?:那边|这边|一下|一趟|了)$")
_NOT_A_PLACE: Final = Pattern(r"[事假不没我你他的了吧啊天点]|[a-zA-Z\d]")


def note(said: Said) -> str:
    """What of the sentence goes onto the report, as labelled lines; what has no place stands before them."""
    lines: dict[str, str] = {}
    rest = said.times.without
    if when := said.times.whole:
        lines["时间"] = when
    if phone := _PHONE.search(rest):
        lines["电话"] = phone["number"]
        rest = rest.replace(phone[0], "，")
    if acting := _ACTING.search(rest):
        lines["主持"] = acting["name"]
        rest = rest.replace(acting[0], "，")
    kind = kind_named(rest)
    loose = _where_and_why(_ORDERS.sub("，", rest), lines)
    if kind and not _OF_OTHERS.search(lines.get("事由", "")):
        lines["类别"] = kind
    in_order = [f"{label}：{lines[label]}" for label in _LABELS if label in lines]
    return "\n".join([*loose, *in_order])


_LABELS: Final = ("类别", "时间", "地点", "事由", "主持", "电话")


def _where_and_why(text: str, lines: dict[str, str]) -> list[str]:
    """Enter the place and the reason; gives back what is neither."""
    reasons: list[str] = []
    unclear: list[str] = []
    for part in re.split(r"[，,。；;:！!、\s]+", text):
        words = part
        for _ in range(2):  # what stood behind a word of courtesy may be another
            words = _NOISE.sub("", words)
        because = _BECAUSE.sub("", words)
        if not because or words in _NO_REASON or part in _NO_REASON:
            continue
        go = _GO.search(because)
        doing = _DOING.search(because, go.end() if go else 0)
        if go and go.start() <= 1 and "地点" not in lines:
            place = _BEHIND.sub("", because[go.end() : doing.start() if doing else None])
            if place and len(place) <= 14:
                lines["地点"] = place
            reasons += [because[doing.start() :]] if doing else []
        elif because != words or doing or _PRIVATE.search(because):
            reasons.append(because)
        else:
            unclear.append(because)
    if (
        "地点" not in lines
        and len(unclear) == 1
        and 2 <= len(unclear[0]) <= 8
        and not _NOT_A_PLACE.search(unclear[0])
    ):
        lines["地点"] = unclear.pop()
    reasons = [one for one in reasons if one not in _NO_REASON]
    if reasons:
        lines["事由"] = "，".join(reasons)
    return [one for one in unclear if len(one) > 1]


# ---------------------------------------------------------------- the table

SAID: Final = (
    Expressions(
        "请假",
        _ORDERS,
        questions=(
            Question(_OWN_LEAVE, as_word("我的")),
            Question(_ANYBODYS, find("请假")),
        ),
        near=Pattern(
            r"出差|外出|休假|年假|病假|事假|请.{0,4}假|假条|考察|去.{1,8}(?:开会|培训|学习|看病)|看病|住院|回老家"
        ),
        note=note,
    ),
    Expressions(
        "销假",
        Pattern(r"销(?:个|一下|掉|了)?假(?!期|的)|报到销假"),
        near=Pattern(r"(?:已经?)?(?:回来|返回|返岗|到岗|回到单位)了?|提前回"),
        acts=True,
    ),
    Expressions(
        "续假",
        Pattern(
            r"续(?:个|一下|请)?[\d一二两三四五六七八九十半]*天?假|延(?:长|期).{0,4}假|(?:多|再)请[\d一二两三四五六七八九十半]+天假?"
        ),
        near=Pattern(r"(?:回不来|赶不回|不能按时(?:回|返)|晚[一两几\d]天回)"),
    ),
)

ANSWERS: Final[tuple[Answer, ...]] = (
    answer("同意", "批准 准了 准假 同意请假 同意外出 批了", "可以 准 好 好的 行 没意见 OK ok"),
    answer("同意并附言", words=True),
    answer("不同意", "不批准 不准 不予批准 驳回 不批", "不行 不可以 不准假", words=True),
    answer("退回修改", "退回 打回 退回去", "改一下 修改一下 请修改", words=True),
    answer("追认", "同意追认 准予追认 补批 补办同意", "同意 批准 可以 好 好的 行"),
    answer("作废", "不予追认 不追认", "不同意 不批准", words=True),
    answer("撤回", "", "不请了 取消 作废"),
    answer("催办", "催一下 催一催 催催 请催办", "催"),
    answer("销假", "我回来了 已返回 已返岗", "回来了 到岗了 返回了"),
    answer("续假"),
    answer("变更", "", "改时间 改一下时间"),
    answer("修改"),
    answer("知悉", "", "收到 知道了 好的 明白 好 可以"),
    answer("无法代为主持", "无法主持 不能主持 不能代为主持", "不行 我也外出 来不了"),
    answer("已报备", "", "报过了 报备了"),
    answer("报告单"),
    answer("材料"),
)
