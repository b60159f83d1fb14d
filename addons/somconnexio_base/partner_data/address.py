# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Spanish addresses: postal code, its province, and how streets are compared.

The provinces are data: ``es_provinces.csv``, whose first line names source and date.

>>> read_zip("8820", "ES").normal, read_zip("E-08820", "").normal
('08820', '08820')
>>> read_zip("99123", "ES").detail, province("17004").name
('province', 'Girona')
>>> street_key("C/ de la Força, núm. 8, 2n 1a"), street_key("Carrer Força 8 2-1")
('8 2 1 forka', '8 2 1 forka')
"""

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .person_name import fold, sound
from .reading import invalid, unverified, valid

PROVINCES_PATH = Path(__file__).with_name("es_provinces.csv")
HOME_COUNTRY = "ES"
ZIP_LENGTH = 5
_ZIP_NOISE = re.compile(r"^(?:ES|E|CP)?[\s.\-:]*|\s+", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+|\d+")
#: Words that say what kind of way it is, or what a number is, and tell nothing apart.
_STREET_NOISE = frozenset(
    "c cl calle carrer av avd avda avenida avinguda pg ps paseo passeig pl plaza placa"
    " rda ronda rbla rambla ctra carretera travessera travesia cami camino pje"
    " passatge pasaje via gran de del dels la las les los el els l d i y n num numero"
    " no s sn piso pis planta pta puerta porta esc escalera escala bajos baixos bj bxs"
    " esq r n a o er on ndo ro do t ta da".split()
)


class Province(NamedTuple):
    """A province: first two digits of its postal codes, ISO code, name."""

    prefix: str
    code: str
    name: str


@cache
def load_provinces():
    """Return the provinces as ``{first two digits: Province}``."""
    with PROVINCES_PATH.open(encoding="utf-8", newline="") as csv_file:
        next(csv_file)  # source and date
        rows = csv.DictReader(csv_file)
        return {row["prefix"]: Province(**row) for row in rows}


def province(zip_code):
    """Return the Province of a postal code in normal form, or None."""
    return load_provinces().get((zip_code or "")[:2])


def read_zip(value, country_code=""):
    """Read a postal code.

    :param str value: as typed
    :param str country_code: ISO code; empty counts as Spain, others are not checked
    :return: Reading; ``detail`` of an invalid one is ``format`` or ``province`` (no
        province has codes that begin so)
    """
    text = str(value or "").strip()
    if not text:
        return unverified(value)
    if (country_code or HOME_COUNTRY).upper() != HOME_COUNTRY:
        return unverified(value, text)
    digits = _ZIP_NOISE.sub("", text)
    # Spreadsheets eat the zero that begins the codes of nine provinces.
    if len(digits) == ZIP_LENGTH - 1:
        digits = digits.zfill(ZIP_LENGTH)
    if not (digits.isascii() and digits.isdigit() and len(digits) == ZIP_LENGTH):
        return invalid(value, "format")
    return valid(value, digits) if province(digits) else invalid(value, "province")


def read_state(state_code, zip_reading, country_code=""):
    """Read a province against the postal code.

    :param str state_code: ISO code without the country: B, GI; may be empty
    :param zip_reading: Reading of the postal code
    :param str country_code: ISO code of the country; only Spain is checked
    :return: Reading of the ISO code; ``detail`` of an invalid one is ``mismatch``
    """
    is_home = (country_code or HOME_COUNTRY).upper() == HOME_COUNTRY
    if not is_home or zip_reading.state != "valid":
        return unverified(state_code, state_code)
    expected = province(zip_reading.normal).code
    if not state_code:
        return unverified("", expected)
    if state_code != expected:
        return invalid(state_code, "mismatch", expected)
    return valid(state_code, expected)


def read_text(value):
    """Read a street or town: one space between words, no comma left over."""
    text = " ".join(str(value or "").split()).strip(" ,;")
    return unverified(value, re.sub(r"\s+,", ",", text))


def street_key(street):
    """Return what streets are compared by: numbers first, then sounds of words.

    Empty when there is no number: half a town lives in "Carrer Major".
    """
    parts = _WORD.findall(fold(street))
    numbers = [str(int(part)) for part in parts if part.isdigit()]
    names = {sound(p) for p in parts if not p.isdigit() and p not in _STREET_NOISE}
    if not numbers or not names:
        return ""
    return " ".join([*numbers, *sorted(names)])
