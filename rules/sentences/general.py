"""How people ask for what belongs to no procedure: 待办, 我的, 在岗, the leaders' plan, 查找 and the rest."""

import re
from datetime import timedelta
from typing import Final

from rules.sentences.expressions import Answer, Expressions, Question, Said, answer, as_word
from rules.sentences.pattern import Found, Pattern
from rules.sentences.terms import looking_for
from rules.working_days import DAY

_LEADER: Final = r"(?:[\u4e00-\u9fff]{0,3}(?:常务副区长|副区长|区长)们?|区?领导们?|各位领导)"
_SOMEBODY: Final = r"(?:局长|主任|区长|书记|镇长|科长|同志|领导|他|她)"
_THERE: Final = (
    r"(?:在不在|在岗吗|在吗|在单位吗|在办公室吗|在家吗|去哪儿?了|去哪里了|回来了吗|回来了?没有?|什么时候回来?|哪天回来?|几号回来?"
    r"|外出了吗|请假了吗|请假了没有?|出差了吗)"
)


def _plan(said: Said, found: Found) -> str:
    """周安排, with the time and the leader that are asked for."""
    who = re.sub(
        r"^(?:请问|问下|问一下|那|看看|查查|看一下|看下|查一下)+|们$|^各位|^(?:区)?领导们?$",
        "",
        found["who"] or "",
    )
    return " ".join(filter(None, ["周安排", said.times.whole, who]))


def _board(said: Said, _found: Found) -> str:
    """在岗 as it shows the days that are asked for; days it does not show are looked for among the leaves."""
    days, today = said.times.days(said.today), said.today
    if "下周" in said.times.whole:
        return "在岗 下周"
    if re.search(r"[本这]周", said.times.whole):
        return "在岗 本周"
    if days is None or days.start == days.end == today:
        return "在岗"
    monday = today - today.weekday() * DAY
    for word, first in (("本周", monday), ("下周", monday + timedelta(weeks=1))):
        if first <= days.start <= days.end <= first + 6 * DAY:
            return f"在岗 {word}"
    first_day, last_day = (f"{day.month}月{day.day}日" for day in (days.start, days.end))
    return f"查找 请假 {first_day if first_day == last_day else f'{first_day}至{last_day}'}"


def _find(said: Said, found: Found) -> str:
    return looking_for(said, found["words"])


def _workday(said: Said, _found: Found) -> str:
    return f"工作日 {said.text}"


FIRST: Final = (
    Expressions(
        "提醒设置",
        Pattern(
            r"(?:提醒|通知|消息|铃声?)的?(?:设置|方式)|(?:晚上|夜里|半夜|下班后?|周末|休息日?|中午|开会时?)?(?:别|不要|不用|勿)(?:再)?(?:响铃?|吵|打扰)"
            r"|免打扰|静音|勿扰|(?:提醒|通知|消息)(?:也)?(?:太多|太频繁|太吵|多了)|(?:提醒|通知|消息)少(?:一)?点|少(?:发|提醒)(?:一)?点"
        ),
        near=Pattern(r"响铃|打扰|太吵"),
        looks=True,
    ),
    Expressions(
        "待办",
        Pattern(r"待办(?:事项|事务|列表|清单)?(?!结)|要我(?:办|批|签)的|等我(?:办|批|签)的"),
        questions=(
            Question(
                Pattern(
                    r"(?:还|都|今天|现在|目前)?(?:有|剩)(?:没有|什么|哪些|啥|多少|几件|几个)[^，,。]{0,6}?"
                    r"(?:没办|没处理|没批|没签|没回|要办|要批|要签|要处理|待办|待批|待签|要我|等我|需要我|该我)"
                    r"|我(?:还|今天|现在|目前)?(?:有)?(?:什么|哪些|啥|多少|几件)[^，,。]{0,4}(?:没|未)(?:办|批|签|回|处理)"
                    r"|(?:我|今天|还)?(?:还|今天|现在|明天)?(?:要|该|得|需要)(?:办|批|签|做|处理|干)(?:什么|哪些|啥|几件)"
                    r"|(?:什么|哪些|啥|几件|多少)[^，,。]{0,4}(?:等|要|需要|轮到|该)我(?:来)?(?:办|批|签|审|回|处理|答复)"
                    r"|(?:有没有|有什么|有啥|还有|有)(?:我的|要我办的|要办的|我要办的)?(?:事|活|任务|工作)(?:要办|没办)?(?:吗|么|没有|[?？])?$"
                    r"|(?:等|要|需要|该)我(?:办|批|签|审|处理)的(?:有|还有)?(?:什么|哪些|几件|多少|吗)?"
                ),
                as_word("待办"),
            ),
        ),
        near=Pattern(r"没办|要办|没批|要批|没签|代办|任务"),
        never=Pattern(r"待办结"),
        looks=True,
    ),
    Expressions(
        "我的",
        questions=(
            Question(
                Pattern(
                    r"我(?:发起|报|提交|送|办|申请|上报|发)(?:上去|出去)?的(?!假)[^，,。]{0,10}(?:批了|同意了|到哪|怎么样|进展|办完|回了|结果|情况|批没批|批下来|办好|如何|哪些)"
                    r"|(?:看|查|查看|打开|看看|查查)(?:一下|下)?我(?:发起|报|办|提交|送|申请)?的(?:事项|事|申请|东西|报告|进度|请假|会签|会议|邀请)?$"
                    r"|我(?:都)?(?:发起|报|提交|申请)了?(?:哪些|什么|几件)"
                ),
                as_word("我的"),
            ),
        ),
        near=Pattern(
            r"我(?:发起|报|提交|送|申请)的|撤回|催|不.{0,2}请假了|取消请假|请假.{0,3}(?:取消|算了|不)"
        ),
        looks=True,
    ),
    Expressions(
        "周安排",
        questions=(
            Question(
                Pattern(
                    rf"(?P<who>{_LEADER})(?:[今明后本下这]?[天周]|都|现在|那天|当天|上午|下午|的|\s)*"
                    r"(?:有没有空|有没有时间|有没有安排|有空|有时间|有安排|有什么安排|有啥安排|有什么活动|有什么会|有哪些安排|忙不忙|忙吗|方便吗|方便不方便|什么日程|什么行程|什么安排|空不空|在忙什么|能不能安排|安排了什么)"
                ),
                _plan,
            ),
            Question(
                Pattern(
                    rf"(?P<who>{_LEADER})的?[^，,。]{{0,4}}(?:日程|行程|安排)(?:是什么|怎么样|如何|有哪些|[?？])"
                ),
                _plan,
            ),
            Question(
                Pattern(
                    r"(?P<who>区?领导|各位领导|区长)(?:们)?的?周?的?(?:活动)?(?:安排|日程|行程)表?"
                    r"|周安排"
                ),
                _plan,
            ),
        ),
        near=Pattern(r"日程|行程|领导.{0,4}安排"),
        looks=True,
    ),
)

LAST: Final = (
    Expressions(
        "在岗",
        Pattern(r"在岗(?:情况|表|人员|名单|一览)?|外出(?:情况|人员|名单|一览)"),
        questions=(
            Question(
                Pattern(
                    r"(?:谁|哪些人|哪些领导|哪些同志|哪位领导|哪位|哪几位|几个人|多少人|有没有人|都有谁)[^，,。]{0,6}?(?:不在|外出|请假|出差|休假|在岗|没来|没上班|在单位|在家|出去)"
                    rf"|{_SOMEBODY}[^，。]{{0,4}}?(?:{_THERE}|在哪)|^[\u4e00-\u9fff]{{2,3}}{_THERE}"
                ),
                _board,
            ),
        ),
        near=Pattern(r"不在|谁.{0,4}(?:在|外出)|有人吗|值班"),
        looks=True,
    ),
    Expressions(
        "查找",
        questions=(
            Question(
                Pattern(
                    r"^(?:请|麻烦|劳驾)?(?:您|你)?(?:帮我|帮忙|给我|我要|我想|想)?(?:查找|查一?下|查一查|查查|查询|查看|查|找一?下|找一?找|找找|搜一?下|搜索|搜)(?!工作日|节假日)(?P<words>[^，,。]{2,30})$"
                ),
                _find,
            ),
        ),
        near=Pattern(r"^查|^找|在哪里?看|查询"),
        looks=True,
    ),
    Expressions(
        "工作日",
        questions=(
            Question(
                Pattern(
                    r"(?:是|算)(?:不是)?(?:个)?工作日|放假吗|放不放假|上不上班|休不休息|补班吗|要不要上班|上班吗|(?:几|多少)个工作日|工作日(?:后|之后|以后|内)?是(?:哪天|几号|哪一天)"
                ),
                _workday,
            ),
        ),
        near=Pattern(r"放假|调休|补班|上班"),
        looks=True,
    ),
    Expressions(
        "台账",
        Pattern(r"(?:导出|下载|要|发|给我|打印|出)(?:一下|一份|个|份)?[^，,。？]{0,8}台账"),
        near=Pattern(r"台账|导出|汇总表|统计表"),
    ),
    Expressions(
        "请回电",
        Pattern(
            r"请(?!问)[^，,。？]{1,8}?(?:尽快|马上|立即|速)?(?:回电|回个?电话)|(?:叫|让|通知)[^，,。？]{1,8}?(?:回电|回个?电话)"
        ),
        near=Pattern(r"回电|联系不上|打不通"),
    ),
    Expressions(
        "委托代办",
        Pattern(
            r"委托(?:给)?[^，,。？]{1,8}?代(?:办|为)|(?:办|办理|填|写|做|我要|想|发起)(?:一个|个|一份)?委托(?:代办)?(?!书)"
        ),
        near=Pattern(r"委托"),
    ),
    Expressions(
        "帮助",
        Pattern(r"使用(?:说明|帮助|手册|教程)|帮助手册|操作(?:说明|手册|指南)"),
        questions=(
            Question(
                Pattern(
                    r"^(?:这个?|你|您|机器人|请问|这东西|系统)*(?:怎么用|怎么使用|怎么操作|如何使用|如何操作|有什么功能|有哪些功能|(?:能|会|可以)(?:帮我)?(?:干|做|办)(?:些)?(?:什么|啥|哪些事?))"
                ),
                as_word("帮助"),
            ),
        ),
        near=Pattern(r"怎么|如何|咋|不会用"),
        looks=True,
    ),
    Expressions("菜单", Pattern(r"(?:打开|看看?|显示|出来|回到)?(?:主)?菜单|全部功能|所有功能"), looks=True),
)

ANSWERS_OF_UNDO: Final[tuple[Answer, ...]] = (answer("撤销", "撤销 点错了 按错了", "撤回 不算 错了 收回"),)
ANSWERS_OF_CALLS: Final[tuple[Answer, ...]] = (
    answer(
        "已收到", "收到 马上回电 马上回 这就回 已收到 收到马上回电 收到，马上回电", "好的 好 知道了 OK ok"
    ),
)
