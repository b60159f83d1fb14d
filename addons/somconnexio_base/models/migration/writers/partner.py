# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from .base import UnknownCode, Writer


class PartnerWriter(Writer):
    """Customers, and their contacts and addresses."""

    kind_name = "partner"
    model_name = "res.partner"
    fields = {
        "name": "name",
        "is_company": "is_company",
        "parent": "parent_id",
        "address_kind": "type",
        "tax_id": "vat",
        "email": "email",
        "phone": "phone",
        "street": "street",
        "street2": "street2",
        "zip": "zip",
        "city": "city",
        "reference": "ref",
        "note": "comment",
    }

    def __init__(self, env, profile):
        super().__init__(env, profile)
        countries = self.env["res.country"].search([])
        self.countries = {country.code: country for country in countries}
        self.langs = {code for code, _name in self.env["res.lang"].get_installed()}
        self.states = {}

    def _from_country(self, row):
        return {"country_id": self._country(row).id}

    def _country(self, row):
        code = row.values.get("country")
        if not code:
            return self.profile.country_id
        if code not in self.countries:
            raise UnknownCode("country")
        return self.countries[code]

    def _from_state(self, row):
        code = row.values.get("state")
        if not code:
            return {"state_id": False}
        country = self._country(row)
        if country not in self.states:
            self.states[country] = {s.code: s for s in country.state_ids}
        if code not in self.states[country]:
            raise UnknownCode("state")
        return {"state_id": self.states[country][code].id}

    def _from_lang(self, row):
        code = row.values.get("lang")
        if code and code not in self.langs:
            raise UnknownCode("language")
        return {"lang": code or False}
