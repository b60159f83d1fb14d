# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What SEPA asks of a direct debit or a transfer; no Odoo.

- ``target2``: the days on which banks settle
- ``charset``: the characters that every bank of the area takes
- ``address``: street and house number of one line, told apart
- ``messages``: what is ordered, as plain values
- ``rules``: what the rulebook forbids and no schema sees
- ``elements``: the parts that pain.001 and pain.008 have in common
- ``pain001``: the file of transfers, such as refunds
- ``pain008``: the file of a debit run, written as it goes
- ``schema``: a file against its schema, read as it goes
"""
