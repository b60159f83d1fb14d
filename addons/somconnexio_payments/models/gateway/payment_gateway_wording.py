# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How a bank writes: lines of names, codes and identifiers, and the Layout of them."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...gateway_protocols import PROTOCOLS
from ...gateway_protocols.layout import Layout
from ...gateway_protocols.outcome import COMMENTS, Outcome, Refusal

DIRECTIONS = ("asks", "tells", "words", "signs")


class TelecomPaymentGatewayField(models.Model):
    """What the bank calls a field, or an action."""

    _name = "telecom.payment.gateway.field"
    _description = "Name of a Bank App"
    _order = "gateway_id, sequence, id"

    gateway_id = fields.Many2one(
        "telecom.payment.gateway", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="gateway_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    direction = fields.Selection(
        [
            ("asks", "In the call"),
            ("tells", "In the answer"),
            ("words", "Action"),
            ("signs", "Signed in the action"),
        ],
        required=True,
        default="asks",
    )
    name = fields.Char(string="Our name", required=True)
    bank_name = fields.Char(
        string="The bank's name",
        help="For what is signed: our names of the fields, parted by blanks.",
    )

    _once = models.Constraint(
        "UNIQUE (gateway_id, direction, name)", "This name is there already."
    )

    @api.constrains("direction", "name", "gateway_id")
    def _check_name(self):
        for line in self:
            known = getattr(PROTOCOLS[line.gateway_id.protocol].layout, line.direction)
            if line.direction != "signs" and line.name not in known:
                raise ValidationError(
                    self.env._(
                        "The protocol of %(gateway)s has no “%(name)s” there; it has: "
                        "%(known)s.",
                        gateway=line.gateway_id.name,
                        name=line.name,
                        known=", ".join(known),
                    )
                )


class TelecomPaymentGatewayCode(models.Model):
    """The bank's code of one of our outcomes."""

    _name = "telecom.payment.gateway.code"
    _description = "Code of a Bank App"
    _order = "gateway_id, id"

    gateway_id = fields.Many2one(
        "telecom.payment.gateway", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="gateway_id.company_id", store=True)
    outcome = fields.Selection(
        [(item.value, COMMENTS[item]) for item in Outcome], required=True
    )
    bank_code = fields.Char(string="The bank's code", required=True)
    comment = fields.Char(
        string="Words", help="What the bank's person reads instead of our words."
    )

    _once = models.Constraint(
        "UNIQUE (gateway_id, outcome)", "This outcome has its code already."
    )


class TelecomPaymentGatewayIdentifier(models.Model):
    """What may name a person in this bank's app, tried in order."""

    _name = "telecom.payment.gateway.identifier"
    _description = "Identifier of a Bank App"
    _order = "gateway_id, sequence, id"

    gateway_id = fields.Many2one(
        "telecom.payment.gateway", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="gateway_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("vat", "Tax ID (NIF, NIE, CIF)"),
            ("phone", "Phone number of a service"),
            ("contract", "Code of a subscription"),
            ("account", "Code of a billing account"),
            ("member", "Number of a member"),
            ("kz", "IIN or BIN of Kazakhstan"),
        ],
        required=True,
    )

    _once = models.Constraint(
        "UNIQUE (gateway_id, kind)", "This identifier is there already."
    )


class TelecomPaymentGateway(models.Model):
    _inherit = "telecom.payment.gateway"

    def _protocol(self):
        """Return the protocol that this bank speaks."""
        return PROTOCOLS[self.protocol]

    def _layout(self):
        """Return how this bank writes."""
        self.ensure_one()
        base = self._protocol().layout
        maps = {direction: {} for direction in DIRECTIONS}
        for line in self.field_ids:
            maps[line.direction][line.name] = line.bank_name or ""
        return Layout(
            transport=self.transport,
            amount_format=self.amount_format,
            date_format=self.date_format,
            day_format=base.day_format,
            month_format=base.month_format,
            codes={line.outcome: line.bank_code for line in self.code_ids},
            comments={
                line.outcome: line.comment for line in self.code_ids if line.comment
            },
            **maps,
        )

    def _fill_in_wording(self):
        """Add the protocol's names and codes that the lines do not give."""
        for gateway in self:
            layout = gateway._protocol().layout
            known = {(line.direction, line.name) for line in gateway.field_ids}
            self.env["telecom.payment.gateway.field"].create(
                [
                    {
                        "gateway_id": gateway.id,
                        "direction": direction,
                        "name": name,
                        "bank_name": theirs,
                        "sequence": place,
                    }
                    for first, direction in enumerate(DIRECTIONS)
                    for place, (name, theirs) in enumerate(
                        getattr(layout, direction).items(), start=100 * first + 1
                    )
                    if (direction, name) not in known
                ]
            )
            outcomes = set(gateway.code_ids.mapped("outcome"))
            self.env["telecom.payment.gateway.code"].create(
                [
                    {"gateway_id": gateway.id, "outcome": outcome, "bank_code": code}
                    for outcome, code in layout.codes.items()
                    if outcome not in outcomes
                ]
            )

    @api.constrains("date_format")
    def _check_date_format(self):
        now = fields.Datetime.now()
        for gateway in self:
            layout = gateway._layout()
            try:
                read = layout.read_instant(layout.write_instant(now)).date()
            except (Refusal, ValueError):
                read = None
            if read != now.date():
                raise ValidationError(
                    self.env._(
                        "“%s” cannot be the format of dates: write such as "
                        "%%Y%%m%%d%%H%%M%%S.",
                        gateway.date_format,
                    )
                )
