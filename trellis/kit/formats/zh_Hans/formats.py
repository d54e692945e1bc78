"""Amounts in Chinese are grouped by thousands, as in banks and on payslips: Django groups them not at all."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
