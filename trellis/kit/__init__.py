"""What every domain stands on: clock, text, journal, access, tasks, notices, files, ui. It knows no domain."""
