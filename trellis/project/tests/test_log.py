"""A fault in the log tells where it happened, and nothing of what somebody wrote."""

import logging
import sys

from trellis.project.log import Lines


def test_what_the_database_quotes_of_a_row_is_left_out():
    quoted = "duplicate key value\nDETAIL:  Key (board_id, name)=(1, my secret) already exists."
    try:
        raise ValueError(quoted)
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, "x", 1, "fault", (), sys.exc_info())
    line = Lines("%(levelname)s %(message)s").format(record)
    assert "duplicate key value" in line
    assert "test_log.py" in line
    assert "my secret" not in line
