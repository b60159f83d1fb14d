# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.tools import formatLang

from odoo.addons.somconnexio_base.models.partner.summary_section import row, section

LEVELS = {"open": "warning", "clear": "muted"}


class ResPartner(models.Model):
    """How a customer stands with unpaid bills, in the 360° view."""

    _inherit = "res.partner"

    def _summary_sections(self):
        """Override to add dunning and payment plans."""
        return [*super()._summary_sections(), self._summary_dunning()]

    def _summary_dunning(self):
        """Return the cases and plans; None for roles without bills, or without any."""
        if not self._may_see_bills():
            return None
        mine = [("billing_account_id.commercial_partner_id", "=", self.id)]
        cases = self.env["telecom.dunning.case"].search(mine)
        plans = self.env["telecom.payment.plan"].search(mine)
        if not (cases or plans):
            return None
        return section(
            "dunning",
            self.env._("Unpaid bills"),
            45,
            icon="fa-bell-o",
            columns=[
                self.env._("Billing account"),
                self.env._("State"),
                self.env._("Last step"),
                self.env._("Next"),
                self.env._("Unpaid"),
            ],
            rows=[
                *(self._summary_case_row(case) for case in cases),
                *(self._summary_plan_row(plan) for plan in plans),
            ],
            button="action_view_dunning",
        )

    def _summary_case_row(self, case):
        """Return the row of a case."""
        stops = dict(case._fields["stop"]._description_selection(self.env))
        upcoming = case.next_step_id.name or ""
        if case.next_date:
            upcoming = f"{upcoming} ({self._shown_date(case.next_date)})"
        return row(
            case,
            [
                case.billing_account_id.code,
                case._state_labels()[case.state],
                case.step_id.name,
                stops.get(case.stop) or upcoming,
                formatLang(self.env, case.owed_amount, currency_obj=case.currency_id),
            ],
            LEVELS.get(case.state, "danger"),
        )

    def _summary_plan_row(self, plan):
        """Return the row of a payment plan."""
        left = plan.amount - plan.paid_amount
        return row(
            plan,
            [
                plan.billing_account_id.code,
                plan._state_labels()[plan.state],
                self.env._("Payment plan %s", plan.code),
                self._shown_date(plan.next_due_date),
                formatLang(self.env, left, currency_obj=plan.currency_id),
            ],
            "danger" if plan.state == "broken" else "",
        )
