# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who issues and who receives a bill, as printed."""

from ...bill.document import Party


def party(partner, company, env):
    """Return name, tax identification and postal address of a partner.

    :param res.company company: what is of its own country needs no country
    :param Environment env: its language is the bill's
    """
    payer = partner.commercial_partner_id
    lines = [partner.street, partner.street2, _place(partner)]
    country = partner.country_id
    if country and country != company.country_id:
        lines.append(country.with_env(env).name)
    vat = partner.vat or payer.vat or ""
    return Party(
        name=partner.name or payer.name or "",
        # A NIF is the Spanish VAT number without its prefix.
        tax_id=vat.removeprefix(company.country_id.code or ""),
        address=tuple(filter(None, lines)),
    )


def _place(partner):
    """Return "17300 Blanes (Girona)", the state only where it adds something."""
    place = " ".join(filter(None, (partner.zip, partner.city)))
    # Odoo knows some by two names: "Girona (Gerona)".
    state = (partner.state_id.name or "").partition(" (")[0]
    if not state or state.casefold() in place.casefold():
        return place
    return f"{place} ({state})".strip()


def without_scheme(url):
    """Return a web address as people write it.

    >>> without_scheme("https://www.example.org/")
    'www.example.org'
    """
    return url.removeprefix("https://").removeprefix("http://").rstrip("/")
