# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Calling codes that belong to no country."""

from .model import named

# Calling codes of no country (ITU-T E.164.3 and the ITU's list of assigned codes).
CALLING_CODES = {
    "800": (
        named(
            "International freephone",
            "Gratuït internacional",
            "Gratuito internacional",
        ),
        "free",
    ),
    "808": (
        named(
            "International shared cost",
            "Cost compartit internacional",
            "Coste compartido internacional",
        ),
        "special",
    ),
    "870": (
        named("Satellites: Inmarsat", "Satèl·lits: Inmarsat", "Satélites: Inmarsat"),
        "international",
    ),
    "878": (
        named(
            "Universal personal numbers",
            "Números personals universals",
            "Números personales universales",
        ),
        "international",
    ),
    "881": (
        named("Satellites: other", "Satèl·lits: altres", "Satélites: otros"),
        "international",
    ),
    "882": (
        named(
            "International networks 882",
            "Xarxes internacionals 882",
            "Redes internacionales 882",
        ),
        "international",
    ),
    "883": (
        named(
            "International networks 883",
            "Xarxes internacionals 883",
            "Redes internacionales 883",
        ),
        "international",
    ),
    "888": (
        named("Disaster relief", "Ajuda en catàstrofes", "Ayuda en catástrofes"),
        "international",
    ),
    "979": (
        named(
            "International premium rate",
            "Tarificació addicional internacional",
            "Tarificación adicional internacional",
        ),
        "premium",
    ),
}
