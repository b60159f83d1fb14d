# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.tools import SQL

from ... import sql_steps


class TelecomUsageSuspense(models.Model):
    """One list of all that waits for a person: suspended events and rejected rows.

    Rows are read from ``sql/27_list_suspense.sql``; what is done to one is done to
    the event or the rejection behind it.
    """

    _name = "telecom.usage.suspense"
    _description = "Usage in suspense"
    _auto = False
    _order = "occurred_at, id"
    _rec_name = "line_number"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    file_id = fields.Many2one("telecom.usage.file", readonly=True)
    format_id = fields.Many2one("telecom.usage.format", readonly=True)
    line_number = fields.Integer(string="Line", readonly=True, aggregator=None)
    occurred_at = fields.Datetime(
        string="Since",
        readonly=True,
        help="Start of the usage; of a row that cannot be read, when its file came.",
    )
    age_days = fields.Integer(string="Age (days)", compute="_compute_age_days")
    state = fields.Selection(
        [("waiting", "Waiting"), ("discarded", "Discarded")], readonly=True
    )
    reason = fields.Selection(selection="_reason_selection", readonly=True)
    discard_id = fields.Many2one("telecom.usage.discard", readonly=True)
    usage_type_id = fields.Many2one("telecom.usage.type", readonly=True)
    served_number = fields.Char(readonly=True)
    subscription_id = fields.Many2one("contract.contract", readonly=True)
    raw_line = fields.Text(string="Text", readonly=True)
    amount_at_risk = fields.Monetary(
        string="At risk",
        readonly=True,
        help="An estimate: what the provider asks, or what the tariffs charge on"
        " average for such usage, if that is more.",
    )
    explanation = fields.Char(compute="_compute_explanation")

    @property
    def _table_query(self):
        return SQL(sql_steps.statement("27_list_suspense"))

    @api.model
    def _reason_selection(self):
        reasons = {}
        for model in ("telecom.usage.event", "telecom.usage.rejection"):
            field = self.env[model]._fields["reason"]
            reasons.update(field._description_selection(self.env))
        return list(reasons.items())

    @api.depends("occurred_at")
    def _compute_age_days(self):
        now = fields.Datetime.now()
        for row in self:
            row.age_days = (now - row.occurred_at).days

    def _compute_explanation(self):
        for row in self:
            row.explanation = row._source().explanation

    def _event_ids(self):
        return [row_id // 2 for row_id in self._ids if row_id % 2 == 0]

    def _rejection_ids(self):
        return [row_id // 2 for row_id in self._ids if row_id % 2]

    def _events(self):
        return self.env["telecom.usage.event"].browse(self._event_ids())

    def _rejections(self):
        return self.env["telecom.usage.rejection"].browse(self._rejection_ids())

    def _source(self):
        """Return the event or the rejection that this row stands for."""
        self.ensure_one()
        return self._events() or self._rejections()

    def action_open(self):
        """Open the event or the rejection."""
        source = self._source()
        return {
            "type": "ir.actions.act_window",
            "res_model": source._name,
            "res_id": source.id,
            "views": [(False, "form")],
        }

    def action_recycle(self):
        """Try the chosen rows again, after a correction."""
        recycled = self._rejections()._recycle()
        recycled += self.env["telecom.usage.event"]._recycle(
            [("id", "in", self._event_ids())]
        )
        message = self.env._(
            "%(recycled)s of %(all)s rows have been recycled. What has no price is"
            " tried again by the next rating.",
            recycled=recycled,
            all=len(self),
        )
        kind = "success" if recycled else "warning"
        return self.env["telecom.usage.file"]._notification(kind, message)

    def action_discard(self):
        """Ask for the reason, then give the chosen rows up."""
        return self.env["telecom.usage.reason"]._ask(
            self, "discard", self.env._("Discard")
        )

    def discard(self, reason):
        """Give up rows that never will be billed; it can be taken back.

        :param str reason: why, in the words of who does it
        :return: how many rows were given up
        :raise UserError: without a reason
        """
        return self._events().discard(reason) + self._rejections().discard(reason)

    def action_restore(self):
        """Take back that the chosen rows were given up."""
        restored = self._events().restore() + self._rejections().restore()
        message = self.env._("%s rows wait again.", restored)
        return self.env["telecom.usage.file"]._notification("success", message)
