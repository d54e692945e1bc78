"""Sessions laid out by day: the next four weeks, a week, a month; one's own, and for the office everybody's."""
