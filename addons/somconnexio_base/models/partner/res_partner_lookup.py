# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.fields import Domain

from ...partner_data import keys, phone

MAX_FOUND = 12
MIN_TEXT = 2


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def find_customer(self, text):
        """Find customers by whatever they say on the phone.

        A number of a line or a phone, a NIF, an e-mail, an IBAN, the code of a
        subscription or a billing account, the identifier of another system; else a
        part of the name. What is exact is looked for first.

        :param str text: as typed
        :return: list of dict, at most 12: ``id``, ``name``, ``detail``
        """
        self.check_access("read")
        text = (text or "").strip()
        if len(text) < MIN_TEXT:
            return []
        partners = self._find_exactly(text) or self.search(
            [("complete_name", "ilike", text)], limit=MAX_FOUND
        )
        return [partner._as_found() for partner in partners[:MAX_FOUND]]

    def _as_found(self):
        """Return a partner as a line of what was found."""
        details = (self.vat, self.phone, self.email, self.city)
        return {
            "id": self.id,
            "name": self.display_name,
            "detail": " · ".join(filter(None, details)),
        }

    @api.model
    def _find_exactly(self, text):
        """Return the partners that a number, identifier or code names."""
        named = keys.keys_of(dict.fromkeys(("vat", "phone", "email"), text))
        named |= keys.keys_of({"ibans": [text]})
        shared = self._shared_kinds([named])
        ids = {partner_id for _place, partner_id in shared}
        ids |= set(self._find_by_code(text).ids)
        return self.with_context(active_test=False).search([("id", "in", list(ids))])

    @api.model
    def _find_by_code(self, text):
        """Return the partners of a line's number, a code or an external identifier."""
        number = phone.read(text).normal.removeprefix("+")
        subscriptions = self.env["contract.contract"].search(
            Domain("is_telecom", "=", True)
            & (
                Domain("code", "=", text)
                | Domain("main_resource_name", "in", list({text, number} - {""}))
            ),
            limit=MAX_FOUND,
        )
        accounts = self.env["telecom.billing.account"].search(
            [("code", "=", text)], limit=MAX_FOUND
        )
        links = self.env["telecom.external.id"].search(
            [("external_id", "=", text), ("res_model", "=", "res.partner")],
            limit=MAX_FOUND,
        )
        named = self.browse(links.mapped("res_id"))
        return subscriptions.partner_id | accounts.partner_id | named
