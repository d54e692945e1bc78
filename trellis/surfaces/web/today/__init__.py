"""What needs somebody today: all that waits for them in the office, as a teacher or as a holder."""
