# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Registers that a bank offers at an address are fetched and compared each day."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import plaintext2html

from odoo.addons.somconnexio_base.outbox import transport

from .payment_gateway_secret import SECRET_GROUP

_logger = logging.getLogger(__name__)

DAYS_LOOKED_BACK = 7
LIMITS = transport.Limits(
    connect_seconds=10, total_seconds=120, max_answer_bytes=20 * 1024 * 1024
)


class TelecomPaymentGateway(models.Model):
    _inherit = "telecom.payment.gateway"

    register_url = fields.Char(
        string="Address of the register",
        help="Where the bank offers the register of a day, such as "
        "https://bank.example/register?day={day}. Empty: it is uploaded by hand.",
    )
    register_token = fields.Char(
        string="Token for the register",
        groups=SECRET_GROUP,
        copy=False,
        help="Sent as “Authorization: Bearer …”.",
    )
    allows_private_register = fields.Boolean(
        string="Address within our network",
        groups=SECRET_GROUP,
        help="Let the register be fetched from a private address.",
    )

    @api.constrains("register_url")
    def _check_register_url(self):
        for gateway in self.filtered("register_url"):
            try:
                is_right = gateway._register_address("2026-10-15").startswith("http")
            except (KeyError, IndexError, ValueError):
                is_right = False
            if not is_right or "{day}" not in gateway.register_url:
                raise ValidationError(
                    self.env._(
                        "“%s” cannot be the address of a register: write such as "
                        "https://bank.example/register?day={day}.",
                        gateway.register_url,
                    )
                )

    def _register_address(self, day):
        return self.register_url.format(day=day)

    def _pull_register(self, day):
        """Fetch the register of a civil day and compare it.

        :return: the telecom.payment.gateway.register
        :raise UserError: when it does not come, or cannot be read
        """
        self.ensure_one()
        token = self.sudo().register_token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = transport.Request("GET", self._register_address(day), headers)
        try:
            answer = transport.send(
                request, LIMITS, self.sudo().allows_private_register
            )
        except (transport.NotSentError, transport.UnclearError) as error:
            raise UserError(self._register_problem(day, error)) from error
        if answer.status != 200 or answer.is_truncated:
            problem = f"HTTP {answer.status}" if answer.status != 200 else "too long"
            raise UserError(self._register_problem(day, problem))
        return self.env["telecom.payment.gateway.register"]._compare_file(
            self, day, answer.body, f"register-{day}.csv"
        )

    def _register_problem(self, day, problem):
        return self.env._(
            "The register of %(gateway)s for %(day)s did not come: %(problem)s. It is "
            "tried again tomorrow; or upload it by hand.",
            gateway=self.name,
            day=day,
            problem=problem,
        )

    def _days_to_pull(self):
        """Return the last days that have no register yet, oldest first."""
        today = self.company_id._telecom_today()
        first = today - timedelta(days=DAYS_LOOKED_BACK)
        compared = set(
            self.env["telecom.payment.gateway.register"]
            .search([("gateway_id", "=", self.id), ("day", ">=", first)])
            .mapped("day")
        )
        begun = fields.Date.to_date(self.create_date)
        days = (first + timedelta(days=n) for n in range(DAYS_LOOKED_BACK))
        return [day for day in days if day not in compared and day >= begun]

    @api.model
    def _cron_pull_registers(self):
        """Fetch what is missing of each bank; a bank that fails stops no other."""
        gateways = self.search(
            [("register_url", "!=", False), ("is_sandbox", "=", False)]
        )
        self.env["ir.cron"]._commit_progress(remaining=len(gateways))
        for gateway in gateways:
            gateway._pull_missing()
            self.env["ir.cron"]._commit_progress(1)

    def _pull_missing(self):
        """Fetch the days that are missing; those that don't come are noted at once."""
        problems = []
        for day in self._days_to_pull():
            try:
                with self.env.cr.savepoint():
                    self._pull_register(day)
            except UserError as error:
                _logger.warning("Bank app %s: %s", self.id, error)
                problems.append(str(error))
        if problems:
            self.message_post(body=plaintext2html("\n".join(problems)))
