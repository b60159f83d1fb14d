# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Members and their billing accounts, as a Catalan cooperative has them."""

import re
import unicodedata

from ..identifiers import Unique, draw_cif, draw_iban, draw_nie, draw_nif
from ..reference_table import WeightedChoice, weighted_table
from .records import BillingAccount, Member

_LANGUAGES = WeightedChoice(["ca_ES", "es_ES", "en_US"], [70, 27, 3])
_FOREIGN_RESIDENTS = 0.09
_TRANSFER_PAYERS = 0.02


def mail_name(name):
    """Return a name as it stands in a mail address.

    >>> mail_name("Núria Puig Vila")
    'nuria.puig.vila'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", ".", plain.lower()).strip(".")


class MemberFactory:
    """Draws members with addresses, tax numbers and accounts of their own."""

    def __init__(self, rng):
        self._rng = rng
        self._unique = Unique()

    def member(self, code, is_company):
        """Return a new member."""
        rng = self._rng
        town = weighted_table("towns").pick(rng)
        name, vat = self._company() if is_company else self._person()
        return Member(
            code=code,
            name=name,
            is_company=is_company,
            vat=vat,
            lang=_LANGUAGES.pick(rng),
            street=self._street(),
            zip=town["zip"],
            town=town["town"],
            state_code=town["state_code"],
            area_code=town["area_code"],
            email=f"{mail_name(name)}.{code.lower()}@example.org",
        )

    def billing_account(self, code, member):
        """Return a new billing account of a member, by direct debit as a rule."""
        rng = self._rng
        is_transfer = rng.random() < _TRANSFER_PAYERS
        bank = weighted_table("banks").pick(rng)["bank_code"]
        emails = [member.email]
        if member.is_company:
            emails.append(f"comptabilitat.{member.code.lower()}@example.org")
        return BillingAccount(
            code=code,
            member=member.code,
            lang=member.lang,
            emails=emails,
            iban=None if is_transfer else self._unique.draw(draw_iban, rng, bank),
            collection_method="transfer" if is_transfer else "direct_debit",
        )

    def _person(self):
        rng = self._rng
        given = weighted_table("given_names").pick(rng)["name"]
        first, second = weighted_table("surnames").picks(rng, 2)
        is_foreign = rng.random() < _FOREIGN_RESIDENTS
        vat = self._unique.draw(draw_nie if is_foreign else draw_nif, rng)
        return f"{given} {first['surname']} {second['surname']}", vat

    def _company(self):
        rng = self._rng
        row = weighted_table("company_names").pick(rng)
        surname = weighted_table("surnames").pick(rng)["surname"]
        form = row["legal_form"]
        tail = f", {form}" if form in ("SL", "SCCL") else ""
        vat = self._unique.draw(draw_cif, rng, row["cif_letter"])
        return f"{row['name']} {surname}{tail}", vat

    def _street(self):
        rng = self._rng
        street = weighted_table("streets").pick(rng)["street"]
        number = rng.randrange(1, 180)
        if rng.random() < 0.35:
            return f"{street}, {number}"
        return f"{street}, {number}, {rng.randrange(1, 7)}-{rng.randrange(1, 5)}"
