"""The verbs of goals and boards, one file for each subject. Nobody but the owner of a thing acts on it.

Boards announce nothing: what somebody does on their own board is not for the journal, which others may read.
"""
