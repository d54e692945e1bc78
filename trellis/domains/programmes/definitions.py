"""A programme as a text that people write: YAML, read with its faults by line, and written out again the same.

The file may hold several documents (`---`); the one with the key `programme:` is read here. Names and descriptions are a
text, or one per language: `{en: Team leader, zh-hans: 组长}`.

    programme:
      code: next-step
      name: {en: Next Step, zh-hans: 下一步}
      description: {en: "...", zh-hans: "..."}
      voluntary: true             # only oneself can join; default true
      months: 6                   # how long the whole takes
      open_to: []                 # codes of positions whose holders may join; none named: every employee
      bonus: {amount: 3000000, currency: VND}    # optional; paid once, when the certificate is issued
      stages:                     # in order; weeks count from the cohort's start, the first is 1
        - key: courses
          name: {en: Courses, zh-hans: 课程学习}
          from_week: 1
          to_week: 17
          nodes:                  # optional; what happens in the stage
            - {key: kick-off, name: {en: Kick-off, zh-hans: 启动会}, kind: event, owner: academy, week: 1}
      tracks:                     # one for each position one can step to
        - position: team-leader
          pathway: production     # optional
          courses: [written-communication, leadership, colour-grading]
      gates:                      # in order; each counts only when those before it are open
        - key: ready-for-mentorship
          name: {en: Ready for the mentorship, zh-hans: 可以进入岗位跟学}
          opens: mentorship       # the key of a stage, or `certificate`
          requires:
            courses: {attendance: 100, passed: true}
        - key: graduation
          name: {en: Graduation, zh-hans: 结业}
          opens: certificate
          requires:
            all_of:
              - days_beside_holder: {days: 6, hours: 8}
              - approval: {by: academy, key: review}

`kind` of a node is one of event, courses, days, review, task; `owner` one of person, academy, teacher, holder, manager.

What a gate requires is a tree. It branches with

    all_of: [...]                 any_of: [...]                 at_least: {n: 2, of: [...]}

and its leaves are

    courses: {attendance: 100, passed: true}     every course of the track: present at so many percent of its scheduled
                                                 sessions, and passed (either may be left out)
    course_passed: leadership                    one course passed
    attendance: {course: leadership, percent: 100}
    days_beside_holder: {days: 6, hours: 8}      whole days beside somebody who holds the position then
    level: {competency: feedback, level: 3}      a level shown
    approval: {by: academy, key: review}         somebody else's yes, asked for when all the rest is met; the last gate has it

Loading the same text again changes nothing. A changed one becomes a new version as soon as somebody has joined the old one
or a cohort runs by it; who has joined stays with the version they joined.
"""
