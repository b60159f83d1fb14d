# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Write many rows at once, below the ORM."""

import json

from odoo.tools import SQL


def next_ids(env, table, count):
    """Return ids that no other record of a table will have."""
    rows = env.execute_query(
        SQL(
            "SELECT nextval(%s::regclass) FROM generate_series(1, %s)",
            f"{table}_id_seq",
            count,
        )
    )
    return [number for (number,) in rows]


def copy_rows(env, table, prototype_id, rows):
    """Insert rows that differ from a prototype in some columns only.

    Whatever columns the table has, those that aren't named are the prototype's.

    :param int prototype_id: id of the row that the others are copies of
    :param rows: dicts of columns, the id among them
    """
    env.cr.execute(
        SQL(
            "INSERT INTO %(table)s"
            " SELECT made.*"
            " FROM %(table)s AS prototype"
            " CROSS JOIN jsonb_array_elements(%(rows)s::jsonb) AS item (value)"
            " CROSS JOIN LATERAL jsonb_populate_record(prototype, item.value) AS made"
            " WHERE prototype.id = %(prototype_id)s",
            table=SQL.identifier(table),
            rows=as_json(rows),
            prototype_id=prototype_id,
        )
    )


def as_json(rows):
    """Return rows as JSON for PostgreSQL; Decimals, dates and instants as text."""
    return json.dumps(rows, default=str)
