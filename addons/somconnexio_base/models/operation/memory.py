# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What dated records were, to give them back as they were.

A memory is a dictionary: record id, as text (JSON has no other keys) -> values to
create the record with. A change is a pair of such values, before and after; None where
there was no record.
"""

from odoo import fields

FIELDS = {
    "contract.line": (
        "contract_id",
        "product_id",
        "name",
        "quantity",
        "specific_price",
        "discount",
        "date_start",
        "date_end",
    ),
    "telecom.pack.member": (
        "group_id",
        "slot_id",
        "subscription_id",
        "start_date",
        "end_date",
    ),
}
#: What changes of a record that stays.
DATES = {
    "contract.line": ("date_start", "date_end"),
    "telecom.pack.member": ("start_date", "end_date"),
}


def remember(records):
    """Return the memory of records of one of the models."""
    return {str(record.id): _values(record) for record in records}


def changes(before, after):
    """Return what differs between two memories: id -> [before, after]."""
    return {
        key: [before.get(key), after.get(key)]
        for key in sorted({*before, *after}, key=int)
        if before.get(key) != after.get(key)
    }


def give_back(model, pairs):
    """Remove what was added, date again what was changed, add what was dropped.

    :param model: the records' model, with the right to do that
    :param dict pairs: see ``changes``
    """
    added = [int(key) for key, (before, _after) in pairs.items() if not before]
    model.browse(added).unlink()
    for key, (before, after) in pairs.items():
        if before and after:
            dates = {name: before[name] for name in DATES[model._name]}
            model.browse(int(key)).write(dates)
    model.create([before for before, after in pairs.values() if before and not after])


def _values(record):
    """Return the values of a record as JSON can hold them."""
    values = {}
    for name in FIELDS[record._name]:
        value = record[name]
        if record._fields[name].type == "many2one":
            value = value.id
        elif record._fields[name].type == "date":
            value = fields.Date.to_string(value) or False
        values[name] = value
    return values
