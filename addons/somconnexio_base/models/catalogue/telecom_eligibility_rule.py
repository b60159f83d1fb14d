# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...catalogue.eligibility import Rule

_PREFIX_SEPARATORS = re.compile(r"[\s,;]+")
#: Kind -> the field that it needs.
NEEDED_FIELDS = {
    "holder_kind": "holder_kind",
    "tag": "partner_category_ids",
    "agreement": "agreement_ids",
    "postal_code": "postal_prefixes",
    "has_service": "service_type_ids",
    "max_count": "maximum",
}


class TelecomEligibilityRule(models.Model):
    """A condition that the holder or the address of an offering must meet.

    An offering may have several: all must be met. What one names is alternatives.
    """

    _name = "telecom.eligibility.rule"
    _description = "Eligibility Rule"
    _order = "sequence, code, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    kind = fields.Selection(
        [
            ("holder_kind", "Persons or companies"),
            ("member", "Member of the cooperative"),
            ("tag", "Holder has a tag"),
            ("agreement", "Person of a collective agreement"),
            ("homes", "Number of homes"),
            ("postal_code", "Postal code"),
            ("has_service", "Holder has another service"),
            ("max_count", "No more than so many per holder"),
        ],
        required=True,
    )
    holder_kind = fields.Selection(
        [("person", "Persons"), ("company", "Companies")], default="person"
    )
    partner_category_ids = fields.Many2many("res.partner.category", string="Tags")
    agreement_ids = fields.Many2many("cooperative.agreement", string="Agreements")
    service_type_ids = fields.Many2many("telecom.service.type", string="Services")
    postal_prefixes = fields.Char(
        string="Postal codes",
        help="Postal codes or their first digits, separated by spaces: 08 17001.",
    )
    minimum = fields.Integer(help="0: none.")
    maximum = fields.Integer(help="0: none.")
    explanation = fields.Char(
        translate=True,
        help="What people are told who don't meet it; empty: standard words.",
    )
    product_tmpl_ids = fields.Many2many(
        "product.template",
        "telecom_offering_eligibility_rel",
        "rule_id",
        "product_tmpl_id",
        string="Offerings",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another eligibility rule already has this code."
    )
    _range = models.Constraint(
        "CHECK (minimum >= 0 AND maximum >= 0"
        " AND (COALESCE(maximum, 0) = 0 OR COALESCE(minimum, 0) <= maximum))",
        "The limits of a rule are zero (none) or more, the least not above the most.",
    )

    @api.constrains("kind", *NEEDED_FIELDS.values())
    def _check_needed(self):
        for rule in self:
            name = NEEDED_FIELDS.get(rule.kind)
            if name and not rule[name]:
                raise ValidationError(
                    self.env._(
                        "Rule %(rule)s needs %(field)s.",
                        rule=rule.display_name,
                        field=rule._fields[name]._description_string(self.env),
                    )
                )

    def _as_rule(self):
        """Return the rule as the pure function takes it: catalogue.eligibility.Rule."""
        self.ensure_one()
        values = {
            "tag": self.partner_category_ids,
            "agreement": self.agreement_ids,
            "has_service": self.service_type_ids,
            "max_count": self.product_tmpl_ids,
        }.get(self.kind)
        return Rule(
            kind=self.kind,
            code=self.code,
            holder_kind=self.holder_kind or "person",
            values=frozenset(values.ids if values is not None else ()),
            prefixes=tuple(
                filter(None, _PREFIX_SEPARATORS.split(self.postal_prefixes or ""))
            ),
            minimum=self.minimum,
            maximum=self.maximum,
        )

    def _reason_text(self, reason):
        """Return a reason of this rule in words.

        :param str reason: as catalogue.eligibility names it
        """
        self.ensure_one()
        return self.explanation or self._standard_reasons()[reason]

    def _standard_reasons(self):
        """Return the words for each reason."""
        _ = self.env._
        return {
            "only_person": _("It is for persons only."),
            "only_company": _("It is for companies and organisations only."),
            "no_member": _("It is for members of the cooperative only."),
            "tag_missing": _(
                "It is for holders with the tag %s only.",
                ", ".join(self.partner_category_ids.mapped("name")),
            ),
            "agreement_missing": _(
                "It is for people of these agreements only: %s.",
                ", ".join(self.agreement_ids.mapped("name")),
            ),
            "homes_unknown": _("The number of homes at the address is missing."),
            "homes_out_of_range": self._homes_reason(),
            "postal_code_unknown": _("The postal code of the address is missing."),
            "postal_code_outside": _("It is not sold at this postal code."),
            "service_missing": _(
                "The holder needs another service first: %s.",
                ", ".join(self.service_type_ids.mapped("name")),
            ),
            "too_many": _("A holder may have %s of them, not more.", self.maximum),
        }

    def _homes_reason(self):
        if self.maximum:
            return self.env._(
                "It is for addresses with %(minimum)s to %(maximum)s homes.",
                minimum=self.minimum,
                maximum=self.maximum,
            )
        return self.env._(
            "It is for addresses with %(minimum)s homes or more.", minimum=self.minimum
        )
