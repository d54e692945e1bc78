"""Days beside somebody who holds the position now.

A *mentorship day* is a session with one guest, the learner, and one host, the holder; the holder marks the
register and the time really spent. Six whole days of eight hours count, beside a holder of the target
position on that day.
"""
