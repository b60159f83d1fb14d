# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Holding accounts back, and releasing them with four eyes."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from . import stages

RELEASE_GROUPS = (stages.MANAGER, stages.ACCOUNTANT)


class TelecomBillRunAccount(models.Model):
    _inherit = "telecom.bill.run.account"

    def action_hold(self):
        """Keep accounts out of the bills until somebody releases them."""
        accounts = self._checked()
        if accounts.filtered(lambda account: account.state not in ("pending", "held")):
            raise UserError(
                self.env._("Only an account that waits for its bill can be held.")
            )
        accounts.write(
            {
                "released_by_id": False,
                "released_at": False,
                "release_reason": False,
                "held_by_id": self.env.uid,
            }
        )
        accounts._hold("manual", self.env._("Held by %s.", self.env.user.name))
        return True

    def action_release(self):
        """Ask why the accounts may go on, then release them."""
        self._check_held()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Release"),
            "res_model": "telecom.bill.run.release.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_run_account_ids": self.ids},
        }

    def release(self, reason):
        """Let held accounts go on: the controls do not hold them again in this run.

        :param str reason: why, kept with who released them and what had held them
        :raise UserError: when an account is not held, no reason is given, or the
            user is one of those who made the run (four eyes)
        :raise AccessError: when the user has none of the roles that release
        """
        accounts = self._checked(RELEASE_GROUPS)
        accounts._check_held()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why these accounts may be billed."))
        for run in accounts.run_id:
            run._check_four_eyes(accounts.filtered(lambda a, run=run: a.run_id == run))
        accounts._keep_release(reason.strip())
        accounts._free()
        return True

    def _keep_release(self, reason):
        """Keep who released what, when and why."""
        trace = {
            "released_by_id": self.env.uid,
            "released_at": fields.Datetime.now(),
            "release_reason": reason,
        }
        self.env["telecom.bill.run.release"].create(
            [
                {
                    "run_account_id": account.id,
                    "hold_code": account.hold_code,
                    "hold_reason": account.hold_reason,
                    "amount_total": account.amount_total,
                    **trace,
                }
                for account in self
            ]
        )
        self.write(trace)

    def _check_held(self):
        if not self or self.filtered(lambda account: account.state != "held"):
            raise UserError(self.env._("Only a held account can be released."))

    def _checked(self, groups=(stages.MANAGER,)):
        """Check role and runs; return the accounts with the machine's rights."""
        if not self.env.su and not any(map(self.env.user.has_group, groups)):
            names = [self.env.ref(xml_id).sudo().name for xml_id in groups]
            raise AccessError(
                self.env._("This is for: %(roles)s.", roles=", ".join(names))
            )
        self.check_access("read")
        accounts = self.sudo()
        for run in accounts.run_id:
            run._lock()
        return accounts

    def _hold(self, code, reason):
        """Hold accounts for a reason that people read."""
        if self:
            self.write(
                {"state": "held", "hold_code": code, "hold_reason": reason[:500]}
            )

    def _free(self):
        """Put held accounts back where they were held: before or after their bill."""
        self.write({"hold_code": False, "hold_reason": False, "held_by_id": False})
        billed = self.filtered("move_id")
        (self - billed).write({"state": "pending"})
        for account in billed:
            is_posted = account.move_id.state == "posted"
            account.state = "posted" if is_posted else "invoiced"


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    def _check_four_eyes(self, accounts):
        """Raise when who releases is who made the run, or held the account.

        The company may do without it; the machine is nobody's second pair of eyes and
        nobody's first.
        """
        if not self.company_id.telecom_four_eyes or self.env.user._is_superuser():
            return
        makers = self.create_uid | self.step_ids.started_by_id | accounts.held_by_id
        if self.env.user in makers:
            raise UserError(
                self.env._(
                    "%(user)s has made, previewed or held this: somebody else must"
                    " release it (four eyes).",
                    user=self.env.user.name,
                )
            )


class TelecomBillRunRelease(models.Model):
    """That a held account was released: what had held it, who let it go, and why."""

    _name = "telecom.bill.run.release"
    _description = "Release of a held account"
    _order = "released_at desc, id desc"
    _rec_name = "run_account_id"

    run_account_id = fields.Many2one(
        "telecom.bill.run.account", required=True, index=True, ondelete="cascade"
    )
    run_id = fields.Many2one(related="run_account_id.run_id", store=True, index=True)
    billing_account_id = fields.Many2one(related="run_account_id.billing_account_id")
    company_id = fields.Many2one(
        related="run_account_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    hold_code = fields.Char()
    hold_reason = fields.Char("Had been held because")
    amount_total = fields.Monetary("Total then")
    released_by_id = fields.Many2one("res.users", required=True)
    released_at = fields.Datetime(required=True)
    release_reason = fields.Char("Released because", required=True)
