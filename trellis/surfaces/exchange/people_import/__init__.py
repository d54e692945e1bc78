"""A file of people on its way through: brought, checked, applied, undone.

`snapshot` loads what is known · `finding` reads, checks and compares · `actions` are the only writers · `texts` turn
codes into sentences · `views` and `forms` are the wizard.
"""
