# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from .base import UnknownCode, Writer


class BillingAccountWriter(Writer):
    """Who pays, from which bank account."""

    kind_name = "billing_account"
    model_name = "telecom.billing.account"
    fields = {
        "partner": "partner_id",
        "code": "code",
        "collection_method": "collection_method",
        "bill_delivery": "bill_delivery",
        "bill_email": "bill_email",
    }

    def __init__(self, env, profile):
        super().__init__(env, profile)
        self.langs = {code for code, _name in self.env["res.lang"].get_installed()}
        self.banks = {}

    def prepare(self, rows, writers):
        """Have the bank accounts of the batch, the missing ones made."""
        result = super().prepare(rows, writers)
        Bank = self.env["res.partner.bank"]
        partners = {
            row: self.found["partner"].get(row.values["partner"]) for row in rows
        }
        wanted = {
            (partner.id, row.values["iban"])
            for row, partner in partners.items()
            if partner and row.values.get("iban")
        }
        known = Bank.search(
            [
                ("partner_id", "in", [partner_id for partner_id, _iban in wanted]),
                ("sanitized_acc_number", "in", [iban for _partner, iban in wanted]),
            ]
        )
        self.banks = {(b.partner_id.id, b.sanitized_acc_number): b for b in known}
        missing = sorted(wanted - self.banks.keys())
        created = Bank.create(
            [{"partner_id": key[0], "acc_number": key[1]} for key in missing]
        )
        self.banks.update(zip(missing, created, strict=True))
        return result

    def _from_external_id(self, row):
        return {"company_id": self.company.id}

    def _from_iban(self, row):
        iban = row.values.get("iban")
        partner = self.referred(row, "partner")
        bank = self.banks[partner.id, iban] if iban else self.env["res.partner.bank"]
        return {"partner_bank_id": bank.id}

    def _from_lang(self, row):
        code = row.values.get("lang")
        if code and code not in self.langs:
            raise UnknownCode("language")
        return {"lang": code} if code else {}
