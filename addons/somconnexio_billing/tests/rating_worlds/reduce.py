# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Make a case that differs as small as it gets, for people to read."""

import csv
import io
import json
from dataclasses import replace

from .worlds import merge


def reduce_piece(scene, piece, is_bad):
    """Return a smaller piece for which ``is_bad(world)`` still holds.

    Leaves out rows, subscriptions, rates, allowances, options, one after the other.
    """
    is_smaller = True
    while is_smaller:
        is_smaller = False
        for candidate in _smaller(piece):
            if is_bad(merge(scene, [candidate])):
                piece, is_smaller = candidate, True
                break
    return piece


def _smaller(piece):
    rows = piece.rows
    size = len(rows) // 2
    while size:
        for start in range(0, len(rows), size):
            if len(rows) > size:
                yield replace(piece, rows=rows[:start] + rows[start + size :])
        size //= 2
    for index in range(len(piece.plans)):
        for plan in _smaller_plans(piece.plans[index]):
            plans = (*piece.plans[:index], plan, *piece.plans[index + 1 :])
            yield replace(piece, plans=plans)
    for index, subscription in enumerate(piece.subscriptions):
        rest = piece.subscriptions[:index] + piece.subscriptions[index + 1 :]
        if rest and all(row["subscription"] != subscription["code"] for row in rows):
            yield replace(piece, subscriptions=rest)


def _smaller_plans(plan):
    for name in ("rates", "allowances"):
        for index, row in enumerate(plan[name]):
            rest = plan[name][:index] + plan[name][index + 1 :]
            yield {**plan, name: rest}
            for key in row:
                if key not in ("usage_type", "code", "name", "kind", "price_mode"):
                    less = {k: v for k, v in row.items() if k != key}
                    changed = [*plan[name][:index], less, *plan[name][index + 1 :]]
                    yield {**plan, name: changed}
    for key in plan:
        if key not in ("code", "rates", "allowances"):
            yield {k: v for k, v in plan.items() if k != key}


def bare(scene):
    """Return a scene without wholesale prices, for cases that don't need them."""
    return {name: value for name, value in scene.items() if name != "wholesale"}


def describe(world):
    """Return the world as the text of its JSON document and its CSV file."""
    columns = sorted({name for row in world.rows for name in row})
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns)
    writer.writeheader()
    writer.writerows(world.rows)
    document = json.dumps(world.document, indent=1, default=str)
    return f"{document}\n{stream.getvalue()}"
