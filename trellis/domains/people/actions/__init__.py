"""What is done to people. The only writers of this room.

`history` for one working life, `bulk` for many people and the structure at once with a way back, `roles` for who may
act as what, `invitations` for signing in, `erasure` for forgetting.
"""
