# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ...partner_data import checks, iban, quality
from .res_partner_values import ADDRESS_TYPES, DATA_FIELDS


class ResPartner(models.Model):
    _inherit = "res.partner"

    telecom_completeness = fields.Integer(
        string="Completeness (%)",
        compute="_compute_telecom_quality",
        store=True,
        aggregator="avg",
        help="Share of what a partner of its kind should have, by weight.",
    )
    telecom_validity = fields.Integer(
        string="Validity (%)",
        compute="_compute_telecom_quality",
        store=True,
        aggregator="avg",
        help="Share of the values that hold, of those that can be checked.",
    )
    telecom_quality_score = fields.Integer(
        string="Data quality (%)",
        compute="_compute_telecom_quality",
        store=True,
        aggregator="avg",
        help="Completeness times validity.",
    )

    @api.depends(*DATA_FIELDS, "lang", "telecom_partner_kind", "bank_ids.acc_number")
    def _compute_telecom_quality(self):
        for partner in self:
            values = partner._data_values()
            measured = quality.measure(values, checks.read_all(values))
            is_measured = partner.type not in ADDRESS_TYPES
            partner.telecom_completeness = is_measured and measured.completeness
            partner.telecom_validity = is_measured and measured.validity
            partner.telecom_quality_score = is_measured and measured.score

    def partner_document(self):
        """Return partners as documents of the published data model.

        The model is ``docs/partner.schema.json``; keys without a value are left out.

        :return: list of dict, one for each partner
        """
        self.check_access("read")
        links = self.env["telecom.external.id"].search_fetch(
            [("res_model", "=", "res.partner"), ("res_id", "in", self.ids)],
            ["system", "external_id", "res_id"],
        )
        links_by_id = links.grouped("res_id")
        return [
            partner._as_document(links_by_id.get(partner.id, links.browse()))
            for partner in self
        ]

    def _as_document(self, links):
        """Return one partner as a document."""
        values = self._data_values()
        readings = checks.read_all(values)
        document = {
            "id": self.id,
            "kind": values["kind"],
            "name": values["name"],
            "tax_id": readings["vat"].normal or values["vat"],
            "phone": readings["phone"].normal or values["phone"],
            "email": readings["email"].normal or values["email"],
            "language": (values["lang"] or "")[:2],
            "ibans": [
                iban.compact(reading.normal or reading.value)
                for name, reading in readings.items()
                if name.startswith("iban_")
            ],
            "address": self._address_document(values, readings),
            "external_ids": [
                {"system": link.system, "id": link.external_id} for link in links
            ],
            "quality": {
                "completeness": self.telecom_completeness,
                "validity": self.telecom_validity,
                "score": self.telecom_quality_score,
                "invalid": [n for n, r in readings.items() if r.state == "invalid"],
            },
        }
        return {name: value for name, value in document.items() if value}

    def _address_document(self, values, readings):
        """Return the address of a partner as a part of its document."""
        address = {
            "street": " ".join(filter(None, (values["street"], values["street2"]))),
            "zip": readings["zip"].normal or values["zip"],
            "city": values["city"],
            "province": readings["state"].normal,
            "country": values["country"],
        }
        return {name: value for name, value in address.items() if value}
