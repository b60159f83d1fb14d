# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A committed bank app, for tests with several connections or processes."""

from odoo import SUPERUSER_ID, Command, api
from odoo.tools import SQL

from odoo.addons.somconnexio_base.tests.common import QUIET

from ..models.gateway.payment_gateway import PATH
from .receipt_common import CommittedWorld

SLUG = "race-test"
ADDRESS = f"{PATH}/{SLUG}"
BOOKED = """
    SELECT count(*), coalesce(sum(payment.amount), 0)::float
    FROM account_payment AS payment
    JOIN telecom_payment_gateway_transaction AS transaction
        ON transaction.id = payment.gateway_transaction_id
    WHERE transaction.transaction_id = %s AND payment.state <> 'canceled'
"""
REPLY = """
    SELECT reply
    FROM telecom_payment_gateway_transaction
    WHERE transaction_id = %s
"""


class GatewayWorld(CommittedWorld):
    """A committed bank app whose calls come from this machine, without limits."""

    def __init__(self, registry):
        super().__init__(registry)
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
            self.gateway_id = (
                env["telecom.payment.gateway"]
                .create(
                    {
                        "name": "Race",
                        "slug": SLUG,
                        "journal_id": self.journal_id,
                        "protocol": "osmp",
                        "auth_kind": "none",
                        "networks": "127.0.0.1",
                        "is_sandbox": False,
                        "calls_per_minute": 100_000,
                        "identifier_ids": [Command.create({"kind": "account"})],
                    }
                )
                .id
            )

    def _remove_entries(self, cr, journals):
        whose = ("gateway_id", (self.gateway_id,))
        self._unlink_payments(cr, journals)
        for table in ("transaction", "message", "field", "code", "identifier"):
            self._delete(cr, f"telecom_payment_gateway_{table}", *whose)
        self._empty_buckets(cr)
        self._delete(cr, "telecom_payment_gateway", "id", (self.gateway_id,))
        return super()._remove_entries(cr, journals)

    def _unlink_payments(self, cr, journals):
        cr.execute(
            SQL(
                "UPDATE account_payment SET gateway_transaction_id = NULL"
                " WHERE journal_id IN %s",
                journals,
            )
        )

    def _empty_buckets(self, cr):
        cr.execute(
            SQL(
                "DELETE FROM telecom_payment_gateway_bucket WHERE key LIKE %s",
                f"{self.gateway_id}:%",
            )
        )

    def forget_limits(self):
        """Let everybody call as if nobody had called yet."""
        with self.registry.cursor() as cr:
            self._empty_buckets(cr)

    def query(self, transaction_id, amount="1.00"):
        """Return the query of a call that pays today."""
        (today,) = self.fetch("SELECT to_char(now() at time zone 'UTC', 'YYYYMMDD')")
        return (
            f"command=pay&txn_id={transaction_id}&account={self.account_code}"
            f"&sum={amount}&txn_date={today}120000"
        )

    def booked(self, transaction_id):
        """Return number and sum of what is booked under a bank's number."""
        return self.fetch(BOOKED, transaction_id)

    def kept_reply(self, transaction_id):
        """Return the bytes that were kept to be said again."""
        return self.fetch(REPLY, transaction_id)[0].encode()

    def fetch(self, statement, *params):
        """Return the first row of a query in a transaction of its own."""
        with self.registry.cursor() as cr:
            cr.execute(SQL(statement, *params))
            return cr.fetchone()
