# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models

from ... import sql_steps

STEPS = ("13_insert_fulls", "14_insert_partials", "15_close_items", "16_close_bills")


class AccountMoveLine(models.Model):
    """Match bills with what pays them, many at once (ADR 0022)."""

    _inherit = "account.move.line"

    @api.model
    @api.private
    def _match_pairs(self, pairs):
        """Match items of bills with the items that pay them, as core would.

        What is plain, nearly everything, takes a few statements for all: an untouched
        bill that is paid to the cent (``sql/matching``). Core matches the rest. Either
        way its hooks run, and bills get their state of payment from core.

        :param list pairs: of (id of a bill's item, id of the item that pays it), posted
            and of one account; no item twice
        """
        plain = self._plain_pairs(pairs)
        matched = {row["debit_id"] for row in plain}
        self._match_plain(plain)
        others = [pair for pair in pairs if pair[0] not in matched]
        if others:
            together = [item_id for pair in others for item_id in pair]
            self._reconcile_plan(
                [self.browse(pair).with_prefetch(together) for pair in others]
            )

    @api.model
    def _plain_pairs(self, pairs):
        """Return those of some pairs that statements can match, as dictionaries."""
        self.env.flush_all()
        for step in ("10_create_pairs", "11_empty_pairs"):
            sql_steps.run(self.env, f"matching/{step}")
        sql_steps.run(
            self.env,
            "matching/12_insert_pairs",
            debit_ids=[debit_id for debit_id, _credit_id in pairs],
            credit_ids=[credit_id for _debit_id, credit_id in pairs],
        )
        return sql_steps.fetch(self.env, "matching/12a_list_pairs")

    @api.model
    def _match_plain(self, pairs):
        """Match plain pairs by statements, and let core and its hooks go on."""
        if not pairs:
            return
        items = self.browse(
            [pair[name] for pair in pairs for name in ("debit_id", "credit_id")]
        )
        before = items._reconcile_pre_hook()
        for step in STEPS:
            sql_steps.run(self.env, f"matching/{step}", user_id=self.env.uid)
        self.env.invalidate_all(flush=False)
        bills = self.env["account.move"].browse([pair["bill_id"] for pair in pairs])
        bills.modified(["amount_residual", "amount_residual_signed"])
        items._reconcile_post_hook(before)
