# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.fields import Domain

from ... import sql_steps


class TelecomUsageEvent(models.Model):
    """One call, message or data session as the provider told it: a fact.

    A monthly partitioned table that only SQL writes to; people read it here. Rows
    change in one way: one that waited in suspense is guided to its subscription.
    """

    _name = "telecom.usage.event"
    _description = "Usage event"
    _inherit = ["telecom.partitioned.mixin"]
    _auto = False
    _order = "started_at desc, id desc"
    _rec_name = "served_number"

    company_id = fields.Many2one("res.company", readonly=True)
    file_id = fields.Many2one("telecom.usage.file", readonly=True)
    line_number = fields.Integer(string="Line", readonly=True, aggregator=None)
    event_key = fields.Char(
        readonly=True, help="MD5 of the values that make two records the same event."
    )
    external_id = fields.Char(string="Provider's record id", readonly=True)
    usage_type_id = fields.Many2one("telecom.usage.type", readonly=True)
    direction = fields.Selection(
        [("outgoing", "Outgoing"), ("incoming", "Incoming")], readonly=True
    )
    started_at = fields.Datetime(string="Start", readonly=True)
    served_number = fields.Char(readonly=True, help="The line that is billed.")
    other_number = fields.Char(readonly=True, help="The other party, if there is one.")
    quantity = fields.Float(
        string="Quantity (base unit)",
        digits=False,
        readonly=True,
        help="In the base unit of the usage type: seconds, bytes or messages.",
    )
    visited_country = fields.Char(
        readonly=True, help="ISO code of the country roamed in; empty at home."
    )
    wholesale_cost = fields.Float(digits=False, readonly=True)
    subscription_id = fields.Many2one("contract.contract", readonly=True)
    state = fields.Selection(
        [
            ("received", "Received"),
            ("guided", "Guided"),
            ("recycled", "Recycled"),
            ("discarded", "Discarded"),
        ],
        readonly=True,
        help="Received: in suspense, for the given reason. Guided: belongs to a"
        " subscription. Recycled: guided after a correction. Discarded: given up by a"
        " person.",
    )
    reason = fields.Selection(
        [
            ("unknown_number", "Unknown number"),
            ("number_not_in_use", "Number not in use"),
            ("no_tariff", "No tariff"),
            ("no_destination", "No destination"),
            ("no_rate", "No rate"),
        ],
        readonly=True,
    )
    discard_id = fields.Many2one(
        "telecom.usage.discard",
        readonly=True,
        help="Who gave the event up, when and why.",
    )
    discarded_reason = fields.Char(
        string="Suspended for", readonly=True, help="Before it was given up."
    )
    tmf_state = fields.Selection(
        [
            ("received", "Received"),
            ("rejected", "Rejected"),
            ("recycled", "Recycled"),
            ("guided", "Guided"),
            ("rated", "Rated"),
            ("rerated", "Re-rated"),
            ("billed", "Billed"),
        ],
        string="TM Forum state",
        compute="_compute_tmf_state",
        help="State by TM Forum's Usage Management API (TMF635).",
    )
    display_quantity = fields.Char(
        string="Quantity", compute="_compute_display_quantity"
    )
    age_days = fields.Integer(
        string="Age (days)",
        compute="_compute_age_days",
        help="Days since the usage began.",
    )
    explanation = fields.Char(compute="_compute_explanation")

    @api.depends("state")
    def _compute_tmf_state(self):
        for event in self:
            is_discarded = event.state == "discarded"
            event.tmf_state = "rejected" if is_discarded else event.state

    @api.depends("usage_type_id", "served_number", "other_number", "started_at")
    def _compute_display_name(self):
        for event in self:
            started_at = fields.Datetime.context_timestamp(event, event.started_at)
            numbers = filter(None, (event.served_number, event.other_number))
            event.display_name = " ".join(
                (
                    event.usage_type_id.name or "",
                    " → ".join(numbers),
                    started_at.strftime("%Y-%m-%d %H:%M:%S"),
                )
            )

    @api.depends("quantity", "usage_type_id")
    def _compute_display_quantity(self):
        for event in self:
            event.display_quantity = event.usage_type_id._format(event.quantity)

    @api.depends("started_at")
    def _compute_age_days(self):
        now = fields.Datetime.now()
        for event in self:
            event.age_days = (now - event.started_at).days

    @api.depends("reason", "served_number")
    def _compute_explanation(self):
        texts = {
            "unknown_number": self.env._(
                "No resource has the number %(number)s. Add it and assign it, then"
                " recycle."
            ),
            "number_not_in_use": self.env._(
                "Nobody held the number %(number)s at that instant. Correct its"
                " assignments, then recycle."
            ),
            "no_tariff": self.env._(
                "The subscription has no tariff line valid on that day. Correct its"
                " lines; the next rating takes the event up."
            ),
            "no_destination": self.env._(
                "No destination has a prefix of %(other)s. Add the prefix; the next"
                " rating takes the event up."
            ),
            "no_rate": self.env._(
                "The tariff has no rate for this usage. Add one; the next rating takes"
                " the event up."
            ),
        }
        for event in self:
            text = texts.get(event.reason, "")
            event.explanation = text % {
                "number": event.served_number,
                "other": event.other_number,
            }

    def action_recycle(self):
        """Guide the chosen events again that are in suspense."""
        recycled = self._recycle([("id", "in", self.ids)])
        message = self.env._(
            "%(recycled)s of %(all)s events have been recycled.",
            recycled=recycled,
            all=len(self),
        )
        kind = "success" if recycled else "warning"
        return self.file_id._notification(kind, message)

    def action_discard(self):
        """Ask for the reason, then give up events in suspense."""
        return self.env["telecom.usage.reason"]._ask(
            self, "discard", self.env._("Discard")
        )

    def discard(self, reason):
        """Give up events in suspense that never will be billed; others are left alone.

        :param str reason: why, in the words of who does it
        :return: how many events were given up
        :raise UserError: without a reason
        """
        return self.env["telecom.usage.discard"]._discard(
            "25_discard_events", "event_ids", self, reason
        )

    def action_restore(self):
        """Take back that events were given up."""
        self.restore()

    def restore(self):
        """Let events that were given up wait again, for what they waited before.

        :return: how many wait again
        """
        return self.env["telecom.usage.discard"]._restore(
            "26_restore_events", "event_ids", self
        )

    @api.model
    def _recycle(self, domain=None):
        """Guide again the events that wait for their number, after a correction.

        :param domain: which of them; all of the user's companies by default
        :return: how many are guided now
        """
        self.env["telecom.usage.file"].check_access("write")
        self.env.flush_all()
        event_ids = None if domain is None else self._search_suspended(domain).ids
        rows = sql_steps.fetch(
            self.env,
            "20_recycle_event",
            company_ids=self.env.companies.ids,
            event_ids=event_ids,
        )
        self.invalidate_model(["state", "reason", "subscription_id", "tmf_state"])
        files = {row["file_id"] for row in rows}
        self.env["telecom.usage.file"].browse(files).sudo()._count_rows()
        return sum(row["state"] == "recycled" for row in rows)

    @api.model
    def _search_suspended(self, domain):
        is_waiting = Domain("reason", "in", ("unknown_number", "number_not_in_use"))
        return self.search(
            Domain("state", "=", "received") & is_waiting & Domain(domain)
        )

    @api.model
    def _cron_ensure_partitions(self):
        self._ensure_partitions(fields.Date.today())

    def init(self):
        """Override of `base` to create the partitioned table and its partitions."""
        sql_steps.run(self.env, "10_create_usage_event")
        sql_steps.run(self.env, "11_create_served_number")
        sql_steps.run(self.env, "22_add_discard_columns")
        sql_steps.run(self.env, "22_index_discards")
        self._ensure_partitions(fields.Date.today())
