"""Files that people bring: checked by content and size, kept under names nobody guesses, given out only to who may.

And the files that leave: cells that a spreadsheet would run as formulas are escaped.
"""
