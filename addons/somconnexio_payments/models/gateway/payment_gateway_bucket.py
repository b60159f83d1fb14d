# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import datetime, timedelta, timezone

from odoo import api, fields, models
from odoo.sql_db import Cursor

from odoo.addons.somconnexio_base.models.notice.own_transaction import own_transaction

from ... import sql_steps

KEPT_HOURS = 24


class TelecomPaymentGatewayBucket(models.Model):
    """Token buckets that limit calls, whatever worker answers them.

    They are charged in a transaction of their own: a call that only reads may be
    answered by a replica and writes nothing itself, and a refused call counts too.
    """

    _name = "telecom.payment.gateway.bucket"
    _description = "Limit of Calls"
    _log_access = False

    key = fields.Char(required=True)
    tokens = fields.Float(required=True)
    is_allowed = fields.Boolean()
    updated_at = fields.Datetime(required=True)

    _key_unique = models.Constraint("UNIQUE (key)", "A bucket is there once.")

    @api.model
    def _charge(self, charges):
        """Take tokens and tell which buckets had none left.

        :param dict charges: key → (tokens a minute, cost)
        :return: set of keys without tokens
        """
        if not charges:
            return set()
        keys = sorted(charges)
        with own_transaction(self) as buckets:
            if isinstance(buckets.env.cr, Cursor):
                # Two calls at once wait for each other instead of failing.
                buckets.env.cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            rows = sql_steps.fetch(
                buckets.env,
                "gateway/10_charge_buckets",
                keys=keys,
                capacities=[charges[key][0] for key in keys],
                refills=[charges[key][0] / 60 for key in keys],
                costs=[charges[key][1] for key in keys],
                charged_at=datetime.now(timezone.utc).replace(tzinfo=None),
            )
        return {row["key"] for row in rows if not row["is_allowed"]}

    @api.autovacuum
    def _gc_buckets(self):
        """Forget buckets that are full again."""
        limit = fields.Datetime.now() - timedelta(hours=KEPT_HOURS)
        self.search([("updated_at", "<", limit)], limit=10_000).unlink()
