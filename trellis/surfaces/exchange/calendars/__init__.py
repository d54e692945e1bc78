"""Sessions in the calendars people use anyway: a private address that a calendar reads, and a file of one session."""
