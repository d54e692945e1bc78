"""Many values of a group as one text."""

from typing import Any

from django.db.models import Aggregate, TextField


class Listing(Aggregate):
    """The values of all rows of a group in one text, with commas between them."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="GROUP_CONCAT(%(expressions)s)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')", **context)
