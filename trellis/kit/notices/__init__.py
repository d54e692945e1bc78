"""What people are told: in the application, and by mail as each of them wishes.

A *kind* is declared once with its words (kinds.py); `notify` writes one notice a person and key (notify.py); mail goes
out in the background in the reader's language, at once or once a day (post.py).
"""
