"""How a file of people is read, checked and compared; pure Python, no Django, no text for readers.

`reading` bytes to a table · `columns` headings to fields · `values` cells to values · `checking` rows to records ·
`structure` units, positions and managers that rows speak of · `comparing` records to what would change.
Whatever is wrong is a Fault: row, field, value, code, numbers. Texts are made of codes elsewhere.
"""
