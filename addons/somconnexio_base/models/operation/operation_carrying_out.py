# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import logging

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ...operation.difference import difference
from ...trial import is_trial
from . import memory
from .telecom_subscription_operation import DONE, FAILED, PLANNED

_logger = logging.getLogger(__name__)
DAY_LIMIT = 2000


class TelecomSubscriptionOperation(models.Model):
    """How an operation is done: at once, or on its day by the scheduler."""

    _inherit = "telecom.subscription.operation"

    def _begin(self):
        """Do what has come; lay down the lines of what is planned, or try it out."""
        kind = self._kind()
        is_due = self.execute_date <= self.company_id._telecom_today()
        if is_due:
            self._watch(self._carry_out)
            return
        if kind.is_dated_ahead:
            self._watch(self._apply)
            self._record({"has_laid_lines": True})
        elif kind.is_tried_out and not is_trial(self.env):
            self._record({"preview": self._try_out(with_bill=False)})
        kind.hold(self)
        for operation in self._together():
            operation._tell(PLANNED)

    def _watch(self, do):
        """Do something, and keep what it has changed for those who look later."""
        before = self._picture()
        do()
        changes = difference(before, self._picture())
        self._record({"preview": {"changes": changes}})

    def _carry_out(self):
        """Do the operation now, or what is left of one whose lines were laid down.

        :raise UserError: when the subscription has changed so that it cannot be done
        """
        kind = self._kind()
        if self.has_laid_lines:
            kind.finish(self.with_context(telecom_operation_id=self.id))
        else:
            for operation in self._together():
                operation._check_state()
                kind.check(operation)
            self._apply()
        self._mark_done()

    def _mark_done(self):
        """Note that the operation, and all that went along, have been done."""
        done = self._together()
        done._record(
            {"state": DONE, "executed_at": fields.Datetime.now(), "failure": False}
        )
        for operation in done:
            operation._tell(DONE)

    def _apply(self):
        """Let the kind do it, and keep what it did to lines and packs for an undo."""
        own = self.with_context(telecom_operation_id=self.id)
        before = [memory.remember(records) for records in self._within_reach()]
        undo_data = self._kind().apply(own)
        self.env.flush_all()
        after = [memory.remember(records) for records in self._within_reach()]
        lines, packs = map(memory.changes, before, after)
        self._record({"undo_data": {**undo_data, "lines": lines, "packs": packs}})

    def _within_reach(self):
        """Return lines and packs of the subscription and of those billed with it."""
        account = self.subscription_id.telecom_billing_account_id
        family = self.subscription_id | account.subscription_ids
        lines = family.contract_line_ids.filtered("telecom_line_kind")
        return lines, family.pack_member_ids

    @api.model
    def _cron_carry_out(self):
        """Do what is due, each in a transaction of its own; note what fails."""
        Cron = self.env["ir.cron"]
        # Each alone: a commit empties the cache, and the first look at one of many that
        # are prefetched together reads them all again.
        due_ids = self._due().ids
        Cron._commit_progress(remaining=len(due_ids))
        for operation_id in due_ids:
            self.browse(operation_id)._carry_out_or_note()
            if not Cron._commit_progress(1):
                break

    @api.model
    def _due(self):
        """Return the planned operations whose day has come in their company.

        Those that go along are done with the one that leads them.
        """
        due = self.browse()
        for company in self.env["res.company"].search([]):
            due |= self.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", PLANNED),
                    ("leader_id", "=", False),
                    ("execute_date", "<=", company._telecom_today()),
                ],
                order="execute_date, id",
                limit=DAY_LIMIT,
            )
        return due

    def _carry_out_or_note(self):
        """Do one operation; if it fails, leave nothing of it but the reason.

        Somebody who works on the subscription at this moment goes first: the
        operation stays due.
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                if self.state == PLANNED:
                    for operation in self._together():
                        operation._target()._take_turn()
                    self._carry_out()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            _logger.info("Operation %s waits: its subscription is in use", self.id)
            self.env.invalidate_all(flush=False)
        except (UserError, IntegrityError) as error:
            _logger.info("Operation %s failed: %s", self.id, error)
            self.env.invalidate_all(flush=False)
            self._note_failure(str(error))

    def _note_failure(self, text):
        """Keep the reason of a failure and give somebody the task to mend it."""
        failed = self._together()
        failed._record({"state": FAILED, "failure": text})
        for operation in failed:
            operation._tell(FAILED)
        self.sudo().activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=self._responsible().id,
            summary=self.env._("Operation failed: %s", self.display_name),
            note=text,
        )

    def _responsible(self):
        """Return who mends a failed operation: who asked for it, or an agent."""
        asker = self.sudo().user_id
        if asker.active and not asker.share and asker != self.env.ref("base.user_root"):
            return asker
        agents = self.env.ref("somconnexio_base.group_telecom_agent").sudo()
        here = agents.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        return here[:1] or self.env.ref("base.user_admin")

    def action_retry(self):
        """Try failed operations again, on their day or, when it is past, now.

        :return: True
        :raise UserError: when one has not failed, or still cannot be done
        """
        for operation in self._leaders():
            operation._kind().check_role(self.env)
            if operation.state != FAILED:
                raise UserError(
                    self.env._("“%s” has not failed.", operation.display_name)
                )
            followers = operation.follower_ids.filtered(lambda o: o.state == FAILED)
            for one in operation | followers:
                one._target()._take_turn()
                one._check_nothing_pending()
                one._record({"state": PLANNED})
            if operation.execute_date <= operation.company_id._telecom_today():
                operation._carry_out()
            operation.sudo().activity_ids.unlink()
        return True
