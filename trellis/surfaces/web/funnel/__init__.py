"""The funnel: how many of those who volunteered came how far, by pathway and by unit."""
