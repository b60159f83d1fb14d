# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A destination as the data files hold it."""

from dataclasses import dataclass

# Odoo names the United Kingdom's record by its internet domain, and has none for
# Ascension and Tristan da Cunha.
COUNTRY_XML_IDS = {"GB": "base.uk", "AC": None, "TA": None}


TRANSLATIONS = ("ca", "es")


@dataclass(frozen=True)
class Destination:
    """A set of prefixes with one price.

    >>> names = {"en": "France", "ca": "França", "es": "Francia"}
    >>> Destination("FR", names, "international", "base.fr", ["33"]).row()
    ['destination_fr', 'FR', 'France', 'França', 'Francia', 'international', 'base.fr']
    """

    code: str
    names: dict
    kind: str
    country: str | None
    prefixes: list

    @property
    def xml_id(self):
        """External id of the record, without the addon's name."""
        return "destination_" + self.code.lower().replace("-", "_")

    def row(self):
        """Return the columns of ``telecom.destination.csv``."""
        translations = [self.names[language] for language in TRANSLATIONS]
        return [
            self.xml_id,
            self.code,
            self.names["en"],
            *translations,
            self.kind,
            self.country or "",
        ]


def named(english, catalan, spanish):
    """Return a name in the three languages of the suite."""
    return {"en": english, "ca": catalan, "es": spanish}


def country_reference(region):
    """Return the external id of a country's record, None when Odoo has none.

    >>> country_reference("FR"), country_reference("GB"), country_reference("AC")
    ('base.fr', 'base.uk', None)
    """
    return COUNTRY_XML_IDS.get(region, f"base.{region.lower()}")
