"""What is done to people and the company's structure. The only writers of this room.

`history` for one working life, `units` for the structure, `bulk` for many people at once with a way back.
"""
