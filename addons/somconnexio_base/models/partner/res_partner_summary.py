# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.tools import format_date

from .summary_section import fact, row, section

#: A score below is shown as a warning.
GOOD_SCORE = 80


class ResPartner(models.Model):
    """The 360° view: all about a customer in one answer."""

    _inherit = "res.partner"

    def customer_summary(self):
        """Return all about a customer, in as many queries whatever there is of it.

        :return: dict: ``id``, ``name``, ``detail``, ``kind``, ``sections``: a list of
            dict by sequence, see ``summary_section.section``. The user's role decides
            which sections there are: a technician sees no bills
        :raise AccessError: when the user may not read the partner
        """
        self.ensure_one()
        self.check_access("read")
        customer = self.commercial_partner_id
        sections = [part for part in customer._summary_sections() if part]
        details = (customer.vat, customer.phone, customer.email, customer.city)
        return {
            "id": customer.id,
            "name": customer.display_name,
            "kind": customer._selection_label("telecom_partner_kind"),
            "detail": " · ".join(filter(None, details)),
            "sections": sorted(sections, key=lambda part: part["sequence"]),
        }

    def _summary_sections(self):
        """Return the sections of a customer's 360° view, empty ones left out.

        Addons override this, call super and add theirs; sequences are 10 for who it
        is, 20 subscriptions, 30 usage, 40 bills, 50 tickets and orders, 60 notices,
        80 duplicates, 90 external identifiers. A section is for those who may see it:
        leave it out for others.

        :return: list of dict, see ``summary_section.section``, or None
        """
        return [
            self._summary_identity(),
            self._summary_duplicates(),
            self._summary_external_ids(),
        ]

    def _summary_family(self):
        """Return the customer with its contacts and addresses."""
        return self.with_context(active_test=False).search(
            [("commercial_partner_id", "=", self.id)]
        )

    def _selection_label(self, field_name):
        """Return the label of a record's selection field."""
        labels = dict(self._fields[field_name]._description_selection(self.env))
        return labels.get(self[field_name], "")

    def _selection_labels(self, model_name, field_name):
        """Return ``{value: label}`` of a selection of another model."""
        field = self.env[model_name]._fields[field_name]
        return dict(field._description_selection(self.env))

    def _summary_identity(self):
        """Return who the customer is, and how good its data are."""
        score = self.telecom_quality_score
        address = " ".join(filter(None, (self.zip, self.city)))
        return section(
            "identity",
            self.env._("Customer"),
            10,
            icon="fa-user",
            facts=[
                fact(self.env._("Kind"), self._selection_label("telecom_partner_kind")),
                fact(self.env._("Tax ID"), self.vat or ""),
                fact(self.env._("Phone"), self.phone or ""),
                fact(self.env._("E-mail"), self.email or ""),
                fact(
                    self.env._("Address"),
                    ", ".join(filter(None, (self.street, self.street2, address))),
                ),
                fact(self.env._("Language"), self._selection_label("lang")),
                fact(
                    self.env._("Data quality"),
                    f"{score} %",
                    "success" if score >= GOOD_SCORE else "warning",
                ),
            ],
        )

    def _shown_date(self, day):
        return format_date(self.env, day) if day else ""

    def _summary_duplicates(self):
        """Return the partners that may be this one; None when there are none."""
        pairs = self.telecom_duplicate_ids
        if not pairs:
            return None
        labels = self.env["telecom.partner.duplicate"]._verdict_labels()
        return section(
            "duplicates",
            self.env._("May be here twice"),
            80,
            icon="fa-clone",
            columns=[
                self.env._("Partner"),
                self.env._("Likelihood"),
                self.env._("Reasons"),
            ],
            rows=[
                row(
                    pair,
                    [
                        (pair.partner_id + pair.other_partner_id - self)[
                            :1
                        ].display_name,
                        labels.get(pair.verdict),
                        pair.reasons,
                    ],
                    "warning",
                )
                for pair in pairs
            ],
        )

    def _summary_external_ids(self):
        """Return how other systems name the customer; None when none does."""
        links = self.env["telecom.external.id"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )
        if not links:
            return None
        return section(
            "external_ids",
            self.env._("In other systems"),
            90,
            icon="fa-exchange",
            columns=[self.env._("System"), self.env._("External ID")],
            rows=[row(link, [link.system, link.external_id]) for link in links],
        )

    def action_open_summary(self):
        """Open the 360° view of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "somconnexio_base.action_customer_summary"
        )
        action["context"] = {"active_id": self.id, "active_model": "res.partner"}
        action["display_name"] = self.display_name
        return action
