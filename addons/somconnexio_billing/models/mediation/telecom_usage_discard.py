# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import sql_steps


class TelecomUsageDiscard(models.Model):
    """Rows that somebody gave up together: who, when and why."""

    _name = "telecom.usage.discard"
    _description = "Discarded usage"
    _order = "discarded_at desc, id desc"
    _rec_name = "reason"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    reason = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True)
    discarded_at = fields.Datetime(string="When", required=True, readonly=True)
    row_count = fields.Integer(
        string="Rows", readonly=True, help="Rows that were given up at that time."
    )

    @api.model
    def _discard(self, step, id_parameter, records, reason):
        """Give up rows that wait, a discard for each company.

        :param str step: the statement that does it and returns their ``file_id``
        :param str id_parameter: its parameter for the ids of ``records``
        :param str reason: why, in the words of who does it
        :return: how many were given up
        :raise UserError: without a reason
        """
        self.env["telecom.usage.file"].check_access("write")
        records.check_access("read")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the rows are discarded."))
        self.env.flush_all()
        return sum(
            self._discard_of_company(step, {id_parameter: rows.ids}, company, reason)
            for company, rows in records.grouped("company_id").items()
        )

    def _discard_of_company(self, step, params, company, reason):
        discard = self.sudo().create(
            {
                "company_id": company.id,
                "reason": reason,
                "user_id": self.env.uid,
                "discarded_at": fields.Datetime.now(),
            }
        )
        rows = sql_steps.fetch(
            self.env,
            step,
            company_id=company.id,
            discard_id=discard.id,
            user_id=self.env.uid,
            **params,
        )
        if not rows:
            discard.unlink()
            return 0
        discard.row_count = len(rows)
        self._count_again(rows)
        return len(rows)

    @api.model
    def _restore(self, step, id_parameter, records):
        """Take back that rows were given up; they wait again.

        :return: how many wait again
        """
        self.env["telecom.usage.file"].check_access("write")
        records.check_access("read")
        self.env.flush_all()
        rows = sql_steps.fetch(
            self.env,
            step,
            company_ids=records.company_id.ids,
            user_id=self.env.uid,
            **{id_parameter: records.ids},
        )
        self._count_again(rows)
        return len(rows)

    def _count_again(self, rows):
        self.env.invalidate_all()
        files = self.env["telecom.usage.file"].browse({row["file_id"] for row in rows})
        files.sudo()._count_rows()

    def action_view_rows(self):
        """Open the rows that are still given up."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_usage_suspense"
        )
        action["domain"] = [("discard_id", "in", self.ids)]
        action["context"] = {}
        return action

    def action_restore(self):
        """Take the whole discard back."""
        Suspense = self.env["telecom.usage.suspense"]
        return Suspense.search([("discard_id", "in", self.ids)]).action_restore()
