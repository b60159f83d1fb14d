# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Let a rating see some subscriptions only, and write what it finds of them.

As in a sandbox (``rating_sandbox.py``), temporary relations hide the real tables from
the rating's steps; but these are views of the real tables that show the rows of some
subscriptions, and PostgreSQL passes on what is written through them. The steps run as
they are, on a hundredth of the rows.
"""

from contextlib import contextmanager

from odoo.tools import SQL

CONTEXT_KEY = "telecom_rating_scope"
SCOPE = "telecom_rating_scope"
#: Table, and the column that names the subscription.
TABLES = {
    "telecom_usage_event": "subscription_id",
    "telecom_rated_usage": "subscription_id",
    "contract_contract": "id",
    "contract_line": "contract_id",
}
BALANCE_TABLE = "telecom_allowance_balance"


@contextmanager
def rating_scope(env, subscription_ids):
    """Let what runs inside see these subscriptions alone.

    Whoever rates a part of a company gives all subscriptions of a billing account, or
    none of them: they may share allowances.

    :param list subscription_ids: ids of ``contract.contract``
    """
    env.flush_all()
    _execute(
        env,
        "CREATE TEMPORARY TABLE %s ON COMMIT DROP AS"
        " SELECT unnest(%s::integer[]) AS subscription_id",
        SQL.identifier(SCOPE),
        list(subscription_ids),
    )
    _execute(env, "ANALYZE %s", SQL.identifier(SCOPE))
    for table, column in TABLES.items():
        _show(
            env,
            table,
            SQL(
                "%s IN (SELECT subscription_id FROM %s)",
                SQL.identifier(column),
                SQL.identifier(SCOPE),
            ),
        )
    _show(env, BALANCE_TABLE, _owned())
    yield
    # After an error the transaction, or its savepoint, takes all of it away.
    for name in (*TABLES, BALANCE_TABLE):
        _execute(env, "DROP VIEW %s", SQL.identifier("pg_temp", name))
    _execute(env, "DROP TABLE %s", SQL.identifier("pg_temp", SCOPE))


def _owned():
    """Return the condition of the balances that the subscriptions draw on."""
    return SQL(
        "subscription_id IN (SELECT subscription_id FROM %(scope)s)"
        " OR (subscription_id IS NULL AND billing_account_id IN ("
        "SELECT telecom_billing_account_id FROM public.contract_contract"
        " WHERE id IN (SELECT subscription_id FROM %(scope)s)))",
        scope=SQL.identifier(SCOPE),
    )


def _show(env, table, condition):
    """Hide a table behind a view of its rows that meet a condition."""
    _execute(
        env,
        "CREATE TEMPORARY VIEW %s AS SELECT * FROM %s WHERE %s",
        SQL.identifier(table),
        SQL.identifier("public", table),
        condition,
    )


def _execute(env, text, *args):
    env.cr.execute(SQL(text, *args))
