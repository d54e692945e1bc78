"""Days beside somebody who holds the position now; and mentors.

A *mentorship day* is a session with one guest, the learner, and one host, the holder; the holder marks the
register and the time really spent. Six whole days of eight hours count, beside a holder of the target
position on that day.

A *mentor* accompanies a *mentee*: the team leader by default, anyone who is *willing* and says yes otherwise. Nobody
approves it, nobody is put into it, either ends it at any moment. A *mentorship* is the two, from asking to ending.
A *meeting* is a session of the two alone, with *topics* to talk about, notes, and *actions* that stay open until done.
"""
