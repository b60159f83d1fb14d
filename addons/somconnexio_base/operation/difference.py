# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a change adds, ends, takes away or alters, from a picture before and after.

A picture is a dictionary: key -> fact. A fact is a dictionary with ``subject`` (what it
is about), ``what`` (tariff, number, IBAN …), ``name``, and, where they apply, ``from``
and ``until`` (civil dates, both included) and ``price``. Two facts with one key are the
same thing at two times.
"""

ADDED, ENDED, EXTENDED, CHANGED, REMOVED = (
    "added",
    "ended",
    "extended",
    "changed",
    "removed",
)


def difference(before, after):
    """Return the changes between two pictures, in the order of the facts.

    :param dict before: picture, see the module
    :param dict after: picture of the same things later
    :return: list of facts, each with ``change`` and, where something was replaced,
        ``before``: its name before

    >>> line = {"subject": "SU1", "what": "Tariff", "name": "Small"}
    >>> difference({1: line}, {1: {**line, "until": "2026-10-31"}})[0]["change"]
    'ended'
    """
    keys = [*before, *(key for key in after if key not in before)]
    changes = (_change(before.get(key), after.get(key)) for key in keys)
    return [change for change in changes if change]


def _change(old, new):
    """Return what happened to one fact, or None when nothing did."""
    if old == new:
        return None
    if old is None:
        return {**new, "change": ADDED}
    if new is None:
        return {**old, "change": REMOVED}
    if _without_end(old) == _without_end(new):
        return {**new, "change": ENDED if new.get("until") else EXTENDED}
    return {**new, "change": CHANGED, "before": old.get("name")}


def _without_end(fact):
    return {name: value for name, value in fact.items() if name != "until"}
