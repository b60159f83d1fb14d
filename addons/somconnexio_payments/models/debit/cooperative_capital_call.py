# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class CooperativeCapitalCall(models.Model):
    _inherit = "cooperative.capital.call"

    is_collected_by_debit = fields.Boolean(
        compute="_compute_is_collected_by_debit",
        string="By direct debit",
        help="The member has a mandate: the next debit run collects the instalment.",
    )

    def _compute_is_collected_by_debit(self):
        for call in self:
            today = call.company_id._telecom_today()
            call.is_collected_by_debit = bool(
                call.membership_id.sudo()._usable_mandate(today)
            )

    def _is_being_debited(self):
        """Return the instalments of these that are in an open debit run."""
        groups = (
            self.env["account.payment.line"]
            .sudo()
            ._read_group(
                [("is_debit_open", "=", True), ("capital_call_id", "in", self.ids)],
                ["capital_call_id"],
            )
        )
        ids = {call.id for (call,) in groups}
        return self.filtered(lambda call: call.id in ids)

    def _collect(self):
        """Override of base: what can be debited waits for a debit run.

        Runs take called instalments by themselves, so nothing is noted here; if the
        company has its runs proposed by the machine, one is.
        """
        debited = self.filtered(
            lambda call: (
                call.is_collected_by_debit and call.company_id._telecom_can_debit()
            )
        )
        for company, calls in debited.grouped("company_id").items():
            if company.telecom_debit_after_bills:
                self.env["telecom.debit.run"]._propose(
                    company, max(calls.mapped("due_date"))
                )
        return super(CooperativeCapitalCall, self - debited)._collect()
