# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""From previewed lines to journal entries: a whole slice of accounts at a time."""

from psycopg2 import IntegrityError

from odoo import Command, models
from odoo.exceptions import LockError, UserError

from odoo.addons.queue_job.exception import RetryableJobError

from ... import sql_steps
from .bill_batch import LOCK_RETRY_SECONDS


class TelecomBillRunAccount(models.Model):
    _inherit = "telecom.bill.run.account"

    def _work(self, stage):
        """Do a stage of ``stages.STAGES`` to these accounts of one run."""
        if not self:
            return
        work = {
            "invoice": self._invoice,
            "post": self._post,
            "deliver": self._deliver,
        }[stage.code]
        work()

    def _invoice(self):
        """Make the draft bill of each account; hold those that cannot have one."""
        fresh = self - self._hold_stale()
        fresh._do_or_hold(lambda accounts: accounts._create_moves())

    def _post(self):
        """Post the draft bill of each account; hold those that Odoo refuses."""
        self._do_or_hold(lambda accounts: accounts._post_moves())

    def _deliver(self):
        """Make the PDF of each bill; hold those that cannot be drawn."""
        self._do_or_hold(lambda accounts: accounts._deliver_moves())

    def _do_or_hold(self, work):
        """Do ``work`` to all accounts at once, or find and hold those that forbid it.

        Only refusals (bad data) are looked into, by halving; anything else fails the
        job, which starts again. So does a record that somebody else works on now: it
        is free in a moment, and no fault of the account.

        :raise RetryableJobError: when a record is locked by another transaction
        """
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                work(self)
        except LockError as error:
            raise RetryableJobError(
                self.env._("Somebody else works on records of these bills."),
                seconds=LOCK_RETRY_SECONDS,
            ) from error
        except (UserError, IntegrityError) as error:
            if len(self) == 1:
                self._hold("error", str(error))
                return
            middle = len(self) // 2
            self[:middle]._do_or_hold(work)
            self[middle:]._do_or_hold(work)

    def _hold_stale(self):
        """Hold the accounts whose usage is not what their preview says any more.

        :return: these accounts
        """
        rows = sql_steps.fetch(
            self.env,
            "62_find_stale_accounts",
            run_id=self.run_id.id,
            run_account_ids=self.ids,
            digits=self.currency_id.decimal_places,
        )
        stale = self.browse(row["run_account_id"] for row in rows)
        stale._hold(
            "stale",
            self.env._(
                "Its usage has changed since the preview: rate and preview again."
            ),
        )
        return stale

    def _create_moves(self):
        """Create the draft bills and link them."""
        moves = self.env["account.move"].create(self._prepare_moves())
        self.env.flush_all()
        sql_steps.run(
            self.env, "63_link_moves", run_id=self.run_id.id, move_ids=moves.ids
        )
        self.invalidate_recordset(["move_id", "state"])

    def _post_moves(self):
        """Post the draft bills; one that somebody posted by hand counts as posted."""
        drafts = self.move_id.filtered(lambda move: move.state == "draft")
        newcomers = (drafts.partner_id | drafts.commercial_partner_id).filtered(
            lambda partner: not partner.customer_rank
        )
        newcomers.write({"customer_rank": 1})
        # Read at once what Odoo would read bill by bill.
        drafts.line_ids.mapped("tax_ids")
        drafts.action_post()
        posted = self.filtered(lambda account: account.move_id.state == "posted")
        posted.write({"state": "posted"})
        (self - posted)._hold("error", self.env._("Somebody cancelled its draft bill."))

    def _deliver_moves(self):
        """Store the PDF of each bill."""
        self.move_id._telecom_generate_bill_pdf()
        self.write({"state": "delivered"})

    def _prepare_moves(self):
        """Return the values of the bills, one dictionary per account of ``self``."""
        lines = self.env["telecom.bill.run.line"].search(
            [("run_account_id", "in", self.ids), ("amount_untaxed", "!=", 0)]
        )
        shared = _SharedLineValues(self.run_id)
        commands = {account: [] for account in self}
        for line in lines:
            vals = line._prepare_move_line(shared)
            commands[line.run_account_id].append(Command.create(vals))
        return [account._prepare_move(commands[account]) for account in self]

    def _prepare_move(self, line_commands):
        """Return the values of one bill."""
        run = self.run_id
        return {
            "move_type": "out_invoice",
            "company_id": run.company_id.id,
            "journal_id": run.journal_id.id,
            "partner_id": self.billing_account_id.partner_id.id,
            "currency_id": run.currency_id.id,
            "fiscal_position_id": self.fiscal_position_id.id,
            "invoice_date": run.invoice_date,
            "invoice_origin": run.name,
            "telecom_bill_run_id": run.id,
            "telecom_billing_account_id": self.billing_account_id.id,
            "telecom_replaced_bill_id": run.rebill_of_id.move_id.id,
            "invoice_line_ids": line_commands,
            **self._prepare_due_date(),
        }

    def _prepare_due_date(self):
        """Return the due date that the run gives; by default the payer's terms do."""
        due_date = self.run_id.due_date
        if not due_date:
            return {}
        return {"invoice_payment_term_id": False, "invoice_date_due": due_date}


class _SharedLineValues:
    """What the lines of one slice have in common, each looked up once."""

    def __init__(self, run):
        self.run = run
        self._accounts = {}
        self._tags = {}
        models_ = run.env["account.analytic.distribution.model"]
        # Odoo searches a model for every line unless told that there is none.
        self.has_no_analytic_model = not models_.search_count([], limit=1)

    def account(self, product, position):
        """Return the id of the income account of a product."""
        key = (product, position)
        if key not in self._accounts:
            self._accounts[key] = self.run._income_account(product, position).id
        return self._accounts[key]

    def tags(self, product, taxes):
        """Return the ids of the tax report tags of an invoice line."""
        key = (product, taxes)
        if key not in self._tags:
            base = taxes.flatten_taxes_hierarchy().invoice_repartition_line_ids
            base = base.filtered(
                lambda part: (
                    part.repartition_type == "base"
                    and part.tax_id.tax_exigibility == "on_invoice"
                )
            )
            self._tags[key] = (product.account_tag_ids | base.tag_ids).ids
        return self._tags[key]
