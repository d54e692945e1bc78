"""The ways in and out by file: people and history, frameworks, catalogues.

The file of people
------------------
One table (CSV or XLSX) with headings in the first row, in any order; all but the first two are optional:

    Employee ID, Name, E-mail, Department, Position, Manager, Hire date, Effective date, Change, Leaving date,
    Leaving kind, Leaving reason

- *Department* is a path from the top, `Pixel House/Production/Team 1`; what is missing of it is opened. Instead of a
  path a file may have *Department code* and *Parent department*.
- *Position* is the name of the position or its code. *Manager* is an employee id, or a name only one person has.
- One row a person is a *list of the present*: it is compared with what is known, and what differs is a change at its
  effective date (the day of the import when not said).
- Several rows a person are a *history*: each row holds from its *Effective date* on (the first from the hire date).
  *Change* says `hired`, `moved`, `promoted`, `left` (or `rehired`); not said, a new position or unit is a move.
  A row with `left` ends the employment: its effective date (or leaving date) is the last day.
- *Leaving kind*: voluntary, involuntary, contract end, retirement, other.
- A head of a unit is marked by a row of *Head of department* `yes`.

The rules are in `people_rules` (pure Python: reading, columns, dates, faults, comparing), the run through an upload in
`people_import`, the writing in people's own `actions.bulk`.
"""
