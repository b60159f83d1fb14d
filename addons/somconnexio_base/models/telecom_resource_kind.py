# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from stdnum import exceptions as stdnum_exceptions

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..numbering import VALIDATORS

COMPANY_QUARANTINE = -1


class TelecomResourceKind(models.Model):
    _name = "telecom.resource.kind"
    _description = "Kind of Telecom Resource"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Stable name that other systems use.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    validator = fields.Selection(
        [
            ("msisdn", "Mobile number (E.164)"),
            ("iccid", "SIM card (ICCID)"),
            ("fixed_number", "Fixed number (E.164)"),
            ("fibre_line", "Access line identifier"),
            ("ip_address", "IP address"),
        ],
        required=True,
        help="Which rules a value of this kind must follow.",
    )
    quarantine_days = fields.Integer(
        string="Quarantine (days)",
        default=COMPANY_QUARANTINE,
        help="How long it rests after use; 0 frees it at once, -1 takes the "
        "company's setting.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another kind of resource already has this code."
    )
    _quarantine_days_range = models.Constraint(
        "CHECK (quarantine_days >= -1)",
        "The quarantine must be -1 (the company's), 0 or more days.",
    )

    @api.private
    def normalise(self, value):
        """Return the stored form of a value of this kind.

        :param str value: the value as typed
        :return: str, for instance 34612345678 for a mobile number
        :raise ValidationError: naming the value, what is wrong and what to do
        """
        self.ensure_one()
        try:
            return VALIDATORS[self.validator].validate(value)
        except stdnum_exceptions.ValidationError as error:
            raise ValidationError(
                self.env._(
                    "%(value)s is not a valid %(kind)s: %(fault)s",
                    value=value or self.env._("An empty value"),
                    kind=self.name,
                    fault=self._describe_fault(error),
                )
            ) from error

    def _describe_fault(self, error):
        """Say what is wrong with a value and how to write it right."""
        if isinstance(error, stdnum_exceptions.InvalidLength):
            return self.env._("it has the wrong length; check for missing digits.")
        if isinstance(error, stdnum_exceptions.InvalidChecksum):
            return self.env._("its check digit does not agree; compare each digit.")
        if isinstance(error, stdnum_exceptions.InvalidComponent):
            return self.env._(
                "it lies in no range of this kind; check its first digits and, for "
                "a foreign number, write + and the country code."
            )
        return self.env._("it holds characters that do not belong there; retype it.")

    @api.private
    def format(self, value):
        """Write a stored value as people read it (+34 612 34 56 78)."""
        self.ensure_one()
        return VALIDATORS[self.validator].format(value)

    def _quarantine_days_in(self, company):
        """Return how many days a resource of this kind rests in a company."""
        self.ensure_one()
        if self.quarantine_days == COMPANY_QUARANTINE:
            return company.telecom_quarantine_days
        return self.quarantine_days
