# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64
import hashlib
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...gateway_protocols.register import (
    RegisterError,
    compare,
    read_register,
)


class TelecomPaymentGatewayRegister(models.Model):
    """A bank's list of a day's payments, compared with ours both ways."""

    _name = "telecom.payment.gateway.register"
    _description = "Register of a Bank App"
    _inherit = ["telecom.bank.facts.mixin", "mail.thread"]
    _order = "day desc, id desc"
    _check_company_auto = True

    gateway_id = fields.Many2one(
        "telecom.payment.gateway",
        string="Bank app",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True, help="Civil day of the payments.")
    file_name = fields.Char(readonly=True)
    digest = fields.Char(string="SHA-256", required=True, readonly=True)
    line_ids = fields.One2many(
        "telecom.payment.gateway.register.line", "register_id", readonly=True
    )
    bank_count = fields.Integer(string="Payments at the bank", readonly=True)
    bank_amount = fields.Monetary(string="Amount at the bank", readonly=True)
    our_count = fields.Integer(string="Payments here", readonly=True)
    our_amount = fields.Monetary(string="Amount here", readonly=True)
    open_count = fields.Integer(
        string="To be settled", compute="_compute_open_count", store=True
    )
    state = fields.Selection(
        [("equal", "All equal"), ("open", "To be settled"), ("settled", "Settled")],
        compute="_compute_open_count",
        store=True,
    )

    # The files of two days without payments are the same to the byte.
    _file_once = models.Constraint(
        "UNIQUE (gateway_id, day, digest)",
        "This register has been compared already.",
    )

    @api.depends("gateway_id", "day")
    def _compute_display_name(self):
        for register in self:
            register.display_name = f"{register.gateway_id.name} {register.day or ''}"

    @api.depends("line_ids.state", "line_ids.verdict")
    def _compute_open_count(self):
        for register in self:
            lines = register.line_ids
            register.open_count = len(lines.filtered(lambda one: one.state == "open"))
            is_equal = all(line.verdict == "equal" for line in lines)
            register.state = (
                "open" if register.open_count else "equal" if is_equal else "settled"
            )

    @api.model
    def _compare_file(self, gateway, day, data, file_name=""):
        """Compare a bank's file with what is booked for a civil day.

        :param bytes data: the file, in the profile's format
        :return: the register with a line for each payment of either side
        :raise AccessError: for who may not keep registers, or not see the bank app
        :raise UserError: naming file, line and remedy; nothing is kept then
        """
        self.check_access("create")
        gateway.check_access("read")
        day = fields.Date.to_date(day)
        lines = self._read_lines(gateway, data, file_name)
        digest = hashlib.sha256(data).hexdigest()
        self._check_is_new(gateway, day, digest, lines)
        booked = self._booked_for(gateway, day, [one.transaction_id for one in lines])
        register = self.sudo().create(
            {
                "gateway_id": gateway.id,
                "company_id": gateway.company_id.id,
                "currency_id": gateway.currency_id.id,
                "day": day,
                "file_name": file_name,
                "digest": digest,
                **self._totals(lines, booked, gateway),
            }
        )
        register._insert_lines(lines, booked)
        register._keep_file(data)
        register._settle_earlier()
        return register.sudo(self.env.su)

    def _check_is_new(self, gateway, day, digest, lines):
        """Raise for a file that was compared before; an empty one may come each day.

        :raise UserError: naming the day
        """
        known = self.search([("gateway_id", "=", gateway.id), ("digest", "=", digest)])
        if not lines:
            known = known.filtered(lambda register: register.day == day)
        if known:
            raise UserError(
                self.env._(
                    "This file has been compared already, as the register of "
                    "%(gateway)s for %(day)s. Ask the bank for that of %(wanted)s.",
                    gateway=gateway.name,
                    day=known[0].day,
                    wanted=day,
                )
            )

    def _read_lines(self, gateway, data, file_name):
        try:
            return list(read_register(data, gateway._register_format()))
        except RegisterError as error:
            raise UserError(
                self.env._(
                    "%(file)s cannot be read, line %(line)s: %(what)s. Nothing has "
                    "been compared. Ask the bank for the file again, or put the "
                    "columns of %(gateway)s right.",
                    file=file_name or self.env._("The register"),
                    line=error.line,
                    what=error.what,
                    gateway=gateway.name,
                )
            ) from error

    def _booked_for(self, gateway, day, transaction_ids):
        """Return our payments of that day and those that the file names.

        :return: dict bank's number → transaction
        """
        start_at = gateway.company_id._telecom_day_start_at(day)
        end_at = gateway.company_id._telecom_day_start_at(day + timedelta(days=1))
        found = self.env["telecom.payment.gateway.transaction"].search(
            [
                ("gateway_id", "=", gateway.id),
                ("is_sandbox", "=", False),
                ("state", "=", "booked"),
                "|",
                ("transaction_id", "in", transaction_ids),
                "&",
                ("paid_at", ">=", start_at),
                ("paid_at", "<", end_at),
            ]
        )
        return {transaction.transaction_id: transaction for transaction in found}

    def _totals(self, lines, booked, gateway):
        ours = [gateway._exact(transaction.amount) for transaction in booked.values()]
        return {
            "bank_count": len(lines),
            "bank_amount": sum((line.amount for line in lines), Decimal(0)),
            "our_count": len(ours),
            "our_amount": sum(ours, Decimal(0)),
        }

    def _insert_lines(self, lines, booked):
        """Write down how each payment compares, and mark ours."""
        exact = self.gateway_id._exact
        ours = {name: exact(one.amount) for name, one in booked.items()}
        theirs = {line.transaction_id: line for line in lines}
        verdicts = compare(lines, ours)
        self.env["telecom.payment.gateway.register.line"].create(
            [
                {
                    "register_id": self.id,
                    "company_id": self.company_id.id,
                    "transaction_id": name,
                    "transaction_ref_id": booked[name].id if name in booked else False,
                    "identifier": theirs[name].identifier
                    if name in theirs
                    else booked[name].identifier,
                    "bank_amount": theirs[name].amount if name in theirs else 0,
                    "our_amount": ours.get(name, 0),
                    "verdict": verdict,
                    "state": "done" if verdict == "equal" else "open",
                }
                for name, verdict in verdicts.items()
            ]
        )
        self._mark_transactions(booked, verdicts)

    def _mark_transactions(self, booked, verdicts):
        for state in ("equal", "amount_differs", "missing_there"):
            marked = self.env["telecom.payment.gateway.transaction"].union(
                *(one for name, one in booked.items() if verdicts[name] == state)
            )
            marked.register_state = state

    def _keep_file(self, data):
        self.env["ir.attachment"].create(
            {
                "name": self.file_name or f"register-{self.day}.csv",
                "res_model": self._name,
                "res_id": self.id,
                "datas": base64.b64encode(data),
                "mimetype": "text/csv",
            }
        )

    def action_view_open(self):
        """Open what is to be settled."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_payments.action_telecom_payment_gateway_register_line"
        )
        action["domain"] = [("register_id", "=", self.id)]
        return action
