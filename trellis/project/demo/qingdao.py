"""The office in Qingdao: 晓雨 writes Chinese, and so do those around her; what comes from Hanoi is in English."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

from trellis.domains.careers.models import Competency
from trellis.domains.growth.actions import boards, cards, finding, goals, offers, sharing, skills
from trellis.domains.growth.actions.boards import NewColumn
from trellis.domains.growth.actions.goals import Wish
from trellis.domains.growth.models import Goal
from trellis.domains.mentoring.actions.meetings import plan_meetings
from trellis.domains.mentoring.actions.mentors import accept, ask
from trellis.domains.mentoring.actions.minutes import (
    add_topic,
    say_afterwards,
    take_on,
    tick,
    write_notes,
    write_private_note,
)
from trellis.domains.mentoring.actions.willing import Offering, be_willing
from trellis.domains.mentoring.models import Meeting, MeetingAction, Mentorship
from trellis.domains.people.models import Holding, Person, Unit
from trellis.kit import clock
from trellis.project.demo.boards import Thing, lay_out
from trellis.project.demo.delegation import Story, live
from trellis.project.demo.story import workday

LABELS = (("客户", "jade"), ("英语", "wait"), ("请教", "plum"))
CARDS = (
    Thing("听三通资深同事的客户电话", 0, 0),
    Thing("《非暴力沟通》读完前四章", 0, notes="图书角第二排，还书日是月底。"),
    Thing("把常见的十个英文邮件开头背下来", 1, 1, 10, ("x抄下来", "x对照自己写过的邮件", "请同事改一遍")),
    Thing("和河内修图组视频一次，看看他们怎么返工", 1, 0, 12),
    Thing(
        "退货流程画成一页纸",
        2,
        0,
        2,
        ("x问仓库", "x问财务", "画出来", "给小组看"),
        "**客户**只想知道两件事：\n\n- 什么时候退款\n- 谁来负责",
    ),
    Thing("向导师请教：客户发火时先说哪句话", 2, 2, -1),
    Thing("自我介绍（英文，两分钟）", 3, 1, None, ("x写", "x背", "x早会上讲")),
    Thing("第一次独立回复投诉邮件", 3, 0),
)
SHELF = (NewColumn("想读"), NewColumn("在读", limit=2), NewColumn("读完", is_done=True))
BOOKS = (("《影响力》", 0), ("Pixel House 客户手册（中文版）", 1), ("《金字塔原理》", 2))
ANSWERS = {
    "energy": "客户一开始很着急，最后说“谢谢你，放心了”的时候。",
    "asked": "同学常让我帮忙把话说得委婉一点。",
    "admire": "阮老师：再急的客户，她都先听完。",
    "company": "新客户越来越多，用中文直接沟通的人还不够。",
}
EXAMPLES = ("用英文独立主持客户会议", "带出两位能独当一面的客户助理", "让每一位老客户都愿意介绍新客户")
NOTES = (
    "第一次见面：她想把“被动回答”变成“主动说明”。\n\n- 强项：耐心，记得住细节\n- 要练：电话里先给结论",
    "一起听了两段录音。\n\n1. 先复述客户的话\n2. 再说能做什么、**什么时候**做完",
    "投诉邮件她自己写完了，只改了一句。",
)
TAKEN = (("记录三次“先给结论”的电话", "mentee", 14, True), ("发一份投诉邮件的范例", "mentor", 7, True))
STILL = ("请组长旁听一次我的客户电话", "mentee", 20, False)
SAID = (
    ("minh", "Which cases are the hard ones? We see them in retouching as well."),
    ("xiaoyu", "Colour complaints! I will write down the next five and send them to you."),
)
DECIDED = (
    Story("加班由谁批准", "工作日两小时以内；周末另说。", ((120, (3, 4, 5, 4), 4, "提前一天在群里说"),)),
    Story("给客户的小额补偿由谁决定", "每单 200 元以内。", ((70, (2, 3, 5, 6), 5, "先补偿，当天记入表格"),)),
)
NEED = "新客户多了，要更多人听得懂他们真正想要什么"
UNITS = {
    "Account Management": "客户管理部",
    "Da Nang": "岘港",
    "Evening shift": "晚班",
    "Finance and IT": "财务与信息技术部",
    "Hanoi": "河内",
    "Morning shift": "早班",
    "Night shift": "夜班",
    "People and Academy": "人事与学院",
    "Production": "生产部",
    "Qingdao office": "青岛办公室",
    "Quality Assurance": "质量保证部",
    "Training": "培训部",
}
TEAM = re.compile(r"(Hanoi|Da Nang) team (\d+)")


def live_in_qingdao(cast: dict[str, Person], until: date) -> None:
    """晓雨's boards, answers, wishes and mentor; examples and decisions of those around her."""
    _name_units()
    xiaoyu = cast["xiaoyu"]
    team = _colleagues(xiaoyu)
    with clock.moved(to=clock.at_time(until - timedelta(days=20), 20)):
        _fill(xiaoyu, until)
        _answer(xiaoyu)
        for person, sentence in zip(team, EXAMPLES, strict=False):
            goal = goals.set_goal(wish=Wish(sentence, by_year=until.year + 3), once=uuid4(), actor=person)
            goals.show_as_example(goal=goal, shown=True, actor=person)
        clients = Competency.objects.get(code="client-understanding")
        unit = Holding.objects.get(person=xiaoyu, ended_on=None).unit
        skills.declare_need(
            competency=clients, unit=unit, until=until + timedelta(days=250), why=NEED, actor=cast["mai"]
        )
    _meet(xiaoyu, team[1], until)
    with clock.moved(to=clock.at_time(until - timedelta(days=3), 16)):
        _talk(cast, team[0], until)
    for story in DECIDED:
        live(team[0], story, until)


def _name_units() -> None:
    """What the units are called in Chinese; the file of people knows one name of each."""
    units = list(Unit.objects.all())
    for unit in units:
        team = TEAM.fullmatch(unit.name)
        chinese = f"{UNITS[team[1]]} {team[2]} 组" if team else UNITS.get(unit.name)
        unit.names = {"zh-hans": chinese} if chinese else {}
    Unit.objects.bulk_update(units, ["names"])


def _colleagues(xiaoyu: Person) -> list[Person]:
    """The office without her, its head first."""
    unit = Holding.objects.get(person=xiaoyu, ended_on=None).unit
    there = Person.objects.here().filter(holdings__unit=unit, holdings__ended_on=None).exclude(pk=xiaoyu.pk)
    return sorted(there.distinct().order_by("pk"), key=lambda person: person.pk != unit.head_id)


def _fill(xiaoyu: Person, until: date) -> None:
    lay_out(xiaoyu, CARDS, LABELS, until)
    shelf = list(boards.make_board(owner=xiaoyu, name="读书与课程", columns=SHELF).columns.all())
    for title, column in BOOKS:
        cards.add_card(column=shelf[column], title=title)


def _answer(xiaoyu: Person) -> None:
    finding.begin(actor=xiaoyu)
    for question, words in ANSWERS.items():
        finding.answer(question=question, words=words, actor=xiaoyu)
    finding.go_on(step="skills", actor=xiaoyu)
    english = Competency.objects.filter(code="english").first()
    skills.wish(owner=xiaoyu, competency=english, note="想直接和客户通电话")


def _meet(xiaoyu: Person, mentor: Person, until: date) -> None:
    """Every two weeks with a colleague who has been there for years; three are over."""
    with clock.moved(to=clock.at_time(workday(until - timedelta(days=50)), 9)):
        topics = list(Competency.objects.filter(code__in=("client-understanding", "written-communication")))
        about = "在青岛做客户工作多年，用中文聊就好。"
        be_willing(person=mentor, offering=Offering(2, ("zh", "en", "vi"), topics, about=about))
        asked = ask(mentee=xiaoyu, mentor=mentor, topic=topics[0], message="想请您带我熟悉客户沟通。").mentorship
        if asked is None:
            return
        accept(mentorship=asked)
        pair = Mentorship.objects.get(pk=asked.pk)
        starts = [clock.at_time(workday(until - timedelta(days=46)) + timedelta(weeks=2 * n), 16) for n in range(6)]
        times = [(start, start + timedelta(minutes=40)) for start in starts]
        plan_meetings(mentorship=pair, times=times, place="青岛办公室，茶水间旁", anyway=True, actor=xiaoyu)
    meetings = list(Meeting.objects.filter(mentorship=pair).select_related("session").order_by("session__starts_at"))
    held = [meeting for meeting in meetings if meeting.session.ends_at <= clock.at_time(until, 9)]
    for meeting, notes in zip(held, NOTES, strict=False):
        with clock.moved(to=meeting.session.ends_at):
            write_notes(meeting=meeting, text=notes, seen=0)
    for meeting, (text, who, days, done) in zip(held, (*TAKEN, STILL), strict=False):
        with clock.moved(to=meeting.session.ends_at):
            due = meeting.session.ends_at.date() + timedelta(days=days)
            take_on(meeting=meeting, whose=mentor if who == "mentor" else xiaoyu, text=text, due_on=due)
            if done:
                tick(action=MeetingAction.objects.get(meeting=meeting, text=text), done=True)
    with clock.moved(to=held[-1].session.ends_at + timedelta(hours=2)):
        write_private_note(meeting=held[-1], author=xiaoyu, text="今天没那么紧张了。", seen=0)
        say_afterwards(meeting=held[-1], author=xiaoyu, text="听录音那一段最有用，谢谢！")
    with clock.moved(to=clock.at_time(until - timedelta(days=1), 18)):
        add_topic(meeting=meetings[len(held)], author=xiaoyu, text="客户在群里直接发火，怎么回？")


def _talk(cast: dict[str, Person], leader: Person, until: date) -> None:
    goal = Goal.objects.filter(owner=cast["xiaoyu"]).first()
    for number, (author, text) in enumerate(SAID if goal else ()):
        sharing.say(on=goal, text=text, author=cast[author], key=f"qingdao-{number}")  # type: ignore[arg-type]
    words = "每周四下午跟一位客户经理去见客户。"
    offers.offer(person=cast["xiaoyu"], kind="time", words=words, until=until + timedelta(days=40), actor=leader)
