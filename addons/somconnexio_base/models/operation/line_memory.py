# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What lines of subscriptions were, to give them back as they were.

A memory is a dictionary: line id, as text (JSON has no other keys) -> values to create
the line with. A change is a pair of such values, before and after; None where there was
no line.
"""

from odoo import fields

FIELDS = (
    "contract_id",
    "product_id",
    "name",
    "quantity",
    "specific_price",
    "discount",
    "date_start",
    "date_end",
)


def remember(lines):
    """Return the memory of lines."""
    return {str(line.id): _values(line) for line in lines}


def changes(before, after):
    """Return what differs between two memories: line id -> [before, after]."""
    return {
        key: [before.get(key), after.get(key)]
        for key in sorted({*before, *after}, key=int)
        if before.get(key) != after.get(key)
    }


def _values(line):
    """Return the values of a line as JSON can hold them."""
    values = {}
    for name in FIELDS:
        value = line[name]
        if line._fields[name].type == "many2one":
            value = value.id
        elif line._fields[name].type == "date":
            value = fields.Date.to_string(value) or False
        values[name] = value
    return values
