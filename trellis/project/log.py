"""Lines of the log, without what a database quotes from its rows."""

import logging
import re
from typing import Any

# PostgreSQL adds these to a fault: "Key (board_id, name)=(1, what somebody wrote) already exists", the row that failed.
QUOTED = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)


class Lines(logging.Formatter):
    """The formatter of the console: a fault's kind and place stay, the values of the row go."""

    def formatException(self, ei: Any) -> str:  # noqa: N802, the name is logging's
        return QUOTED.sub(r"\1: left out", super().formatException(ei))
