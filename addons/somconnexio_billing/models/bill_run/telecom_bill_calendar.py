# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class TelecomBillCalendar(models.Model):
    """When a company bills its months: drafts of bill runs are planned by it.

    The run of a month is planned for ``billing_day`` of the month after it. A day that
    a month does not have is its last day.
    """

    _name = "telecom.bill.calendar"
    _description = "Calendar of bill runs"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    active = fields.Boolean(default=True)
    billing_day = fields.Integer(
        required=True,
        default=2,
        help="Day of the month after the billed one on which the run is started.",
    )
    invoice_day = fields.Integer(
        required=True,
        default=1,
        help="Day of that month which is printed on the bills.",
    )
    due_days = fields.Integer(
        "Due after (days)",
        help="Days from the date of the bill. 0: by the payment terms of each payer.",
    )
    months_ahead = fields.Integer(
        required=True, default=3, help="How many months are planned ahead."
    )
    start_until = fields.Selection(
        [
            ("none", "Only plan"),
            ("load", "Load"),
            ("rate", "Load and rate"),
            ("preview", "Load, rate, check and preview"),
        ],
        "On its day",
        required=True,
        default="preview",
        help="What is done in the background on the planned day; never the bills.",
    )

    _one_per_company = models.Constraint(
        "UNIQUE (company_id)", "A company has one calendar of bill runs."
    )
    _days_check = models.Constraint(
        "CHECK (billing_day BETWEEN 1 AND 31 AND invoice_day BETWEEN 1 AND 31)",
        "The days are days of a month, between 1 and 31.",
    )
    _numbers_check = models.Constraint(
        "CHECK (due_days >= 0 AND months_ahead BETWEEN 0 AND 24)",
        "Plan between 0 and 24 months ahead; the bills are due after 0 or more days.",
    )

    def action_plan(self):
        """Plan the runs ahead now instead of tonight, and show them."""
        self._plan()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_bill_run_calendar"
        )

    @api.model
    def _cron_plan_and_start(self):
        """Plan the runs of all companies, and start those whose day has come."""
        calendars = self.search([])
        calendars._plan()
        due = calendars._due_runs()
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for run in due:
            run._start_planned(self._of(run).start_until)
            self.env["ir.cron"]._commit_progress(1)

    def _plan(self):
        """Make the drafts of the months ahead that have no run yet.

        :return: the new telecom.bill.run
        """
        Run = self.env["telecom.bill.run"]
        vals_list = []
        for calendar in self:
            planned = Run.search(
                [
                    ("company_id", "=", calendar.company_id.id),
                    ("kind", "=", "cycle"),
                    ("state", "!=", "cancelled"),
                ]
            )
            taken = set(planned.mapped("period_start"))
            vals_list += [
                calendar._prepare_run(month)
                for month in calendar._months()
                if month not in taken
            ]
        return Run.create(vals_list)

    def _months(self):
        """Return the first days of the months to plan: this one and those ahead."""
        first = self.company_id._telecom_today().replace(day=1)
        return [
            first + relativedelta(months=number) for number in range(self.months_ahead)
        ]

    def _prepare_run(self, month):
        """Return the values of the run of a month."""
        after = month + relativedelta(months=1)
        invoice_date = after + relativedelta(day=self.invoice_day)
        due = self.due_days and invoice_date + relativedelta(days=self.due_days)
        return {
            "company_id": self.company_id.id,
            "period_start": month,
            "planned_date": after + relativedelta(day=self.billing_day),
            "invoice_date": invoice_date,
            "due_date": due or False,
        }

    def _due_runs(self):
        """Return the drafts whose day has come, where the calendar starts them."""
        runs = self.env["telecom.bill.run"]
        for calendar in self.filtered(lambda c: c.start_until != "none"):
            runs |= runs.search(
                [
                    ("company_id", "=", calendar.company_id.id),
                    ("kind", "=", "cycle"),
                    ("state", "=", "draft"),
                    ("run_until", "=", False),
                    ("planned_date", "<=", calendar.company_id._telecom_today()),
                ]
            )
        return runs

    def _of(self, run):
        """Return the calendar of a run's company."""
        return self.search([("company_id", "=", run.company_id.id)])


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    def _start_planned(self, until):
        """Let a planned run go through by itself up to a stage."""
        run = self._engine()
        run.run_until = until
        run._delay_advance()
