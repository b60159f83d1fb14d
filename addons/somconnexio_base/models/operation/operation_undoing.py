# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError

from ..catalogue.telecom_pack_member import PACK_PASS
from ..contract_completion import LIFECYCLE_PASS
from . import memory
from .telecom_subscription_operation import CANCELLED, DONE, FAILED, PLANNED, UNDONE


class TelecomSubscriptionOperation(models.Model):
    """How an operation is called off before its day, or undone after it."""

    _inherit = "telecom.subscription.operation"

    def action_cancel(self):
        """Call off planned or failed operations: their lines are as before.

        :return: True
        :raise UserError: when one is done already
        """
        for operation in self._leaders():
            operation._kind().check_role(self.env)
            operation._target().check_access("write")
            operation._target()._take_turn()
            operation._call_off(self.env._("Cancelled by %s.", self.env.user.name))
        return True

    def action_undo(self):
        """Undo operations that are done, as far as that is possible.

        :return: True
        :raise UserError: when one is not done, is on a bill, has been followed by
            another change, or is of a kind that has no way back
        """
        for operation in self:
            operation._kind().check_role(self.env)
            operation._target().check_access("write")
            operation._target()._take_turn()
            operation._undo()
        return True

    def _leaders(self):
        """Return the operations without those that go along with one of them.

        :raise UserError: for one whose leader is not among them
        """
        leaders = self.filtered(lambda operation: operation.leader_id not in self)
        if led := leaders.filtered("leader_id"):
            raise UserError(
                self.env._(
                    "“%(operation)s” goes along with “%(leader)s”: open that one.",
                    operation=led[0].display_name,
                    leader=led[0].leader_id.display_name,
                )
            )
        return leaders

    def _call_off(self, outcome):
        """Cancel operations that have not been done, and what goes along."""
        open_states = (PLANNED, FAILED)
        followers = self.follower_ids.filtered(lambda o: o.state in open_states)
        for operation in self | followers:
            if operation.state not in (PLANNED, FAILED):
                raise UserError(
                    self.env._(
                        "“%s” is not planned any more: undo it instead.",
                        operation.display_name,
                    )
                )
            if operation.has_laid_lines:
                operation._kind().take_back(operation)
            operation._kind().let_go(operation)
            operation._record({"state": CANCELLED, "outcome": outcome})
            operation._tell(CANCELLED)
            operation.sudo().activity_ids.unlink()

    def _drop(self):
        """Cancel what was planned for subscriptions that have ended.

        What goes along with another ends alone; what leads others ends with them.
        """
        followers = self.follower_ids.filtered(lambda one: one.state == PLANNED)
        for operation in self | followers:
            operation._kind().let_go(operation)
            operation._record(
                {
                    "state": CANCELLED,
                    "outcome": self.env._("The subscription ended before."),
                }
            )
            operation._tell(CANCELLED)

    def _undo(self):
        """Undo one operation that is done."""
        if self.state != DONE:
            raise UserError(
                self.env._(
                    "“%s” is not done: there is nothing to undo.", self.display_name
                )
            )
        self._check_last_in_lane()
        self._kind().take_back(self)
        self._record(
            {"state": UNDONE, "outcome": self.env._("By %s.", self.env.user.name)}
        )
        self._tell(UNDONE)

    def _check_last_in_lane(self):
        """Raise when something of the same sort was done or planned afterwards."""
        later = self.search(
            [
                ("subscription_id", "=", self.subscription_id.id),
                ("billing_account_id", "=", self.billing_account_id.id),
                ("lane", "=", self.lane),
                ("state", "in", (PLANNED, DONE)),
                ("id", ">", self.id),
            ],
            limit=1,
        )
        if self.lane and later:
            raise UserError(
                self.env._(
                    "“%(later)s” came after it: undo or cancel that first.",
                    later=later.display_name,
                )
            )

    def _check_unchanged(self, now, then):
        """Raise when something is no longer what the operation made of it."""
        if now != then:
            raise UserError(
                self.env._(
                    "What “%s” changed has been changed again: it cannot be undone "
                    "without losing that.",
                    self.display_name,
                )
            )

    def _restore_lines(self):
        """Give lines and packs back as they were before the operation.

        :raise UserError: when a line is on a bill or has been changed since
        """
        self.ensure_one()
        passes = {"telecom_pass": LIFECYCLE_PASS, "telecom_pack_pass": PACK_PASS}
        for name, model_name in (
            ("lines", "contract.line"),
            ("packs", "telecom.pack.member"),
        ):
            pairs = (self.undo_data or {}).get(name, {})
            Model = self.env[model_name].with_context(**passes)
            records = Model.browse(map(int, pairs)).exists()
            now = memory.remember(records)
            for key, (_before, after) in pairs.items():
                self._check_unchanged(now.get(key), after)
            if name == "lines":
                self._check_not_billed(records)
            memory.give_back(Model, pairs)

    def _take_back_given(self):
        """Let the customer owe again what a withdrawal gave back.

        Extended by the addon that makes the bills.

        :raise UserError: when a bill has given some of it back
        """
        line_ids = (self.undo_data or {}).get("given_back_ids", [])
        self.env["contract.line"].browse(line_ids).exists().is_canceled = False

    def _added_lines(self):
        """Return the lines that the operation added, as far as they exist."""
        pairs = (self.undo_data or {}).get("lines", {})
        added = [int(key) for key, (before, _after) in pairs.items() if not before]
        return self.env["contract.line"].browse(added).exists()

    def _check_not_billed(self, lines):
        """Raise when a bill has charged days that an undo would change."""
        billed_until = lines._billed_until() if lines else None
        if billed_until and billed_until > self.execute_date:
            raise UserError(
                self.env._(
                    "“%(operation)s” is on a bill (up to %(date)s): ask for the "
                    "opposite from a later day on, and give back the difference by an "
                    "adjustment.",
                    operation=self.display_name,
                    date=fields.Date.to_string(billed_until),
                )
            )


class ContractLine(models.Model):
    _inherit = "contract.line"

    def _billed_until(self):
        """Return the first civil day that no bill has charged, None when none has.

        Extended by the addon that makes the bills.
        """
        return None

    def _take_back_inclusions(self):
        """Take back what came with lines that are about to be undone.

        Extended by the addon that knows what a bond includes.

        :raise UserError: when some of it has been used
        """
