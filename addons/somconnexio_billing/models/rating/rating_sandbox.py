# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rate copies of usage through the very same SQL steps, and leave nothing behind.

PostgreSQL looks for a table among the session's temporary ones before it looks in the
schema. So a temporary ``telecom_usage_event`` with the events in question, a temporary
``telecom_rated_usage`` and so on take the place of the real tables for as long as they
are there: the steps run as they are, word for word, and can neither read nor write the
real usage. All of it is inside a savepoint that is always rolled back.
See docs/adr/0007-price-copies-in-a-sandbox.md.
"""

from contextlib import ExitStack, closing

from odoo.tools import SQL

CONTEXT_KEY = "telecom_rating_sandbox"
USAGE_TABLES = ("telecom_usage_event", "telecom_rated_usage")
CONTRACT_TABLES = {"contract_contract": "id", "contract_line": "contract_id"}
BALANCE_TABLE = "telecom_allowance_balance"
#: Views that the rating reads and that stand on tables of the sandbox.
VIEWS = ("telecom_allowance_usage",)
#: Id of the subscription that a price without subscription is worked out for.
NOBODY_ID = -1


class RatingSandbox:
    """Copies of the tables that rating reads and writes, as a context.

    Copy or add subscriptions first, then usage; ``rate`` does what
    ``telecom.rated.usage._rate`` does, on them alone.

    :param env: environment; what is read in ``sandbox.env`` comes from the copies
    :param res.company company: whose usage it is
    """

    def __init__(self, env, company):
        self.env = env(su=True, context={**env.context, CONTEXT_KEY: True})
        self.company = company.with_env(self.env)
        self._ends = ExitStack()

    def __enter__(self):
        self.env.flush_all()
        self._ends.callback(self.env.invalidate_all, flush=False)
        self._ends.enter_context(closing(self.env.cr.savepoint(flush=False)))
        views = self._view_definitions()
        self._make_usage_tables()
        for name, definition in views.items():
            # By the definition's own words: its tables are the copies from here on.
            self._execute(
                "CREATE TEMPORARY VIEW %s AS %s",
                SQL.identifier(name),
                SQL(definition.replace("%", "%%")),
            )
        return self

    def __exit__(self, *error):
        return self._ends.__exit__(*error)

    def copy_subscriptions(self, subscription_ids):
        """Let these subscriptions, with their lines, be all that there are.

        :param list subscription_ids: ids of ``contract.contract``
        """
        for table, column in CONTRACT_TABLES.items():
            self._copy(table, column, subscription_ids)

    def add_nobody(self, product):
        """Let a subscription to an offering, for ever, be the only one there is.

        :param product.product product: the offering
        :return: its id
        """
        self.copy_subscriptions([])
        self._insert(
            "contract_contract", {"id": NOBODY_ID, "company_id": self.company.id}
        )
        self._insert(
            "contract_line",
            {
                "id": NOBODY_ID,
                "contract_id": NOBODY_ID,
                "product_id": product.id,
                "telecom_line_kind": "tariff",
                "active": True,
                "is_canceled": False,
            },
        )
        return NOBODY_ID

    def copy_usage(self, tables, start_at, end_at):
        """Copy what the subscriptions of the sandbox used from an instant to another.

        :param tables: those of ``USAGE_TABLES`` to fill
        """
        for table in tables:
            columns = SQL(", ").join(map(SQL.identifier, self._columns(table)))
            self._execute(
                "INSERT INTO %(table)s (%(columns)s) SELECT %(columns)s FROM %(origin)s"
                " WHERE company_id = %(company)s"
                " AND subscription_id IN (SELECT id FROM contract_contract)"
                " AND started_at >= %(start_at)s AND started_at < %(end_at)s",
                table=SQL.identifier(table),
                columns=columns,
                origin=self._origin(table),
                company=self.company.id,
                start_at=start_at,
                end_at=end_at,
            )

    def add_event(self, vals):
        """Add a usage event.

        :param dict vals: columns of ``telecom_usage_event``, ``id`` included
        """
        vals = {"company_id": self.company.id, "file_id": 0, "line_number": 0, **vals}
        self._insert("telecom_usage_event", {"state": "guided", **vals})

    def rate(self, period_start, period_end):
        """Rate all usage of the sandbox; arguments and result as ``_rate`` has them."""
        for table in (*CONTRACT_TABLES, *USAGE_TABLES):
            self._execute("ANALYZE %s", SQL.identifier(table))
        return self.env["telecom.rated.usage"]._rate(
            self.company, period_start, period_end
        )

    def _make_usage_tables(self):
        for table in USAGE_TABLES:
            self._execute(
                "CREATE TEMPORARY TABLE %s"
                " (LIKE %s INCLUDING DEFAULTS INCLUDING GENERATED) ON COMMIT DROP",
                SQL.identifier(table),
                self._origin(table),
            )
        self._execute(
            "CREATE TEMPORARY TABLE %s (LIKE %s INCLUDING ALL) ON COMMIT DROP",
            SQL.identifier(BALANCE_TABLE),
            self._origin(BALANCE_TABLE),
        )

    def _copy(self, table, column, ids):
        # Without the constraints of the table: a made-up row has few values.
        self._execute(
            "CREATE TEMPORARY TABLE %s ON COMMIT DROP AS"
            " SELECT * FROM %s WHERE %s = ANY(%s)",
            SQL.identifier(table),
            self._origin(table),
            SQL.identifier(column),
            list(ids),
        )

    def _insert(self, table, row):
        self._execute(
            "INSERT INTO %s (%s) VALUES %s",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, row)),
            tuple(row.values()),
        )

    def _origin(self, table):
        """Return the real table, which the temporary one hides."""
        return SQL.identifier("public", table)

    def _columns(self, table):
        """Return the columns of a table that can be written to."""
        self._execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s"
            " AND is_generated = 'NEVER' ORDER BY ordinal_position",
            table,
        )
        return [name for (name,) in self.env.cr.fetchall()]

    def _view_definitions(self):
        """Return the definitions of the views, with their tables by plain names."""
        self._execute(
            "SELECT viewname, definition FROM pg_views"
            " WHERE schemaname = 'public' AND viewname = ANY(%s)",
            list(VIEWS),
        )
        return dict(self.env.cr.fetchall())

    def _execute(self, text, *args, **kwargs):
        self.env.cr.execute(SQL(text, *args, **kwargs))
