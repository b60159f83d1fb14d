# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Whether two partners that share keys are one and the same, and why.

Points are added up for what they share; the name decides whether they count at all:
people of one household share phone, address and account and are not one person.

>>> maria = Profile.of({"name": "Maria Soler Puig", "vat": "40001111V"})
>>> compare(maria, Profile.of({"name": "Soler, Maria"}), {"phone", "email"}).verdict
'probable'
>>> compare(maria, Profile.of({"name": "Marta Soler Puig"}), {"phone", "address"})
>>> other_id = Profile.of({"name": "Maria Soler Puig", "vat": "40002222R"})
>>> compare(maria, other_id, {"phone", "email", "address"})
>>> compare(maria, maria._replace(tokens=("joan",)), {"tax_id"}).reasons
('tax_id', 'name_differs')
"""

from typing import NamedTuple

from . import person_name, tax_id
from .reading import VALID

CERTAIN = "certain"
PROBABLE = "probable"
POSSIBLE = "possible"
#: Verdicts from weak to strong.
VERDICTS = (POSSIBLE, PROBABLE, CERTAIN)

#: Points of what two partners share. Order of size after Fellegi and Sunter: the
#: logarithm of how seldom strangers share it. Count VERSION up when they change.
VERSION = 1
POINTS = {
    "tax_id": 20,
    "email": 6,
    "iban": 6,
    "phone": 5,
    "address": 4,
    "name_zip": 1,
    "name_same": 8,
    "name_part": 5,
    "name_alike": 2,
}
#: Least points of a verdict; a shared valid tax identifier is always certain.
PROBABLE_POINTS = 12
POSSIBLE_POINTS = 9
#: What a household shares; proves nothing where names are only alike, as a brother's
#: and a sister's may be.
HOUSEHOLD = frozenset({"phone", "address", "iban", "name_zip"})
_MIN_TOKENS = 2
_MIN_ALIKE_LENGTH = 4


class Profile(NamedTuple):
    """What is compared of a partner."""

    tokens: tuple
    tax_id: str
    tax_kind: str
    is_company: bool

    @classmethod
    def of(cls, values):
        """Return the profile of a partner's values, see ``checks.VALUES``."""
        is_company = bool(values.get("is_company"))
        reading = tax_id.read(values.get("vat"), values.get("country") or "")
        is_valid = reading.state == VALID
        return cls(
            tokens=person_name.tokens(values.get("name"), is_company),
            tax_id=reading.normal if is_valid else "",
            tax_kind=reading.detail if is_valid else "",
            is_company=is_company,
        )


class Likeness(NamedTuple):
    """Verdict, points, and the codes of the reasons, the strongest first."""

    verdict: str
    points: int
    reasons: tuple


def compare(one, other, shared):
    """Say whether two partners are one.

    :param Profile one: a partner
    :param Profile other: another
    :param shared: kinds of the keys that both have, see ``keys.KINDS``
    :return: Likeness, or None when nothing speaks for it or something against it
    """
    shared = set(shared)
    relation = name_relation(one.tokens, other.tokens)
    if one.tax_id and one.tax_id == other.tax_id:
        return _certain(relation, shared)
    if _is_vetoed(one, other) or relation == "name_differs":
        return None
    if relation == "name_alike" and not shared - HOUSEHOLD:
        return None
    codes = {relation} | shared
    return _judged(codes, sum(POINTS[code] for code in codes))


def _certain(relation, shared):
    codes = {"tax_id", relation} | shared
    points = sum(POINTS.get(code, 0) for code in codes)
    return Likeness(CERTAIN, points, _ordered(codes))


def _judged(codes, points):
    if points < POSSIBLE_POINTS:
        return None
    verdict = PROBABLE if points >= PROBABLE_POINTS else POSSIBLE
    return Likeness(verdict, points, _ordered(codes))


def _ordered(codes):
    """Return reason codes by weight; sharing a part of the postal code says little."""
    told = codes - {"name_zip"} if len(codes) > 2 else codes
    return tuple(sorted(told, key=lambda code: (-POINTS.get(code, 0), code)))


def _is_vetoed(one, other):
    """Tell whether two partners can't be one: company and person, two valid NIF.

    A foreigner's NIE and a NIF may be one person's, before and after naturalisation.
    """
    if one.is_company != other.is_company:
        return True
    if not (one.tax_id and other.tax_id):
        return False
    return {one.tax_kind, other.tax_kind} != {"nie", "nif"}


def name_relation(one, other):
    """Say how two names stand to each other.

    :param tuple one: tokens of a name
    :param tuple other: tokens of another
    :return: name_same, name_part (one leaves words out), name_alike (spelt nearly the
        same) or name_differs
    """
    if one and one == other:
        return "name_same"
    few, many = sorted((one, other), key=len)
    if len(few) < _MIN_TOKENS:
        return "name_differs"
    if _covers(few, many, _is_initial_or_same):
        return "name_part"
    return "name_alike" if _covers(few, many, _is_alike) else "name_differs"


def _covers(few, many, is_pair):
    """Tell whether each token of one name finds its own partner in the other.

    >>> _covers(("a", "b"), ("b", "a", "c"), str.__eq__)
    True
    """
    left = list(many)
    for token in sorted(few, key=len, reverse=True):
        partner = next((other for other in left if is_pair(token, other)), None)
        if partner is None:
            return False
        left.remove(partner)
    return True


def _is_initial_or_same(one, other):
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    return one == other


def _is_alike(one, other):
    """Tell whether two tokens differ by one letter at most."""
    if one == other:
        return True
    if min(len(one), len(other)) < _MIN_ALIKE_LENGTH:
        return False
    return is_one_edit(one, other)


def is_one_edit(one, other):
    """Tell whether one letter more, less or other, or two swapped, makes them equal.

    >>> is_one_edit("gomez", "gomes"), is_one_edit("perez", "prez")
    (True, True)
    >>> is_one_edit("ferrer", "ferrre"), is_one_edit("soler", "sala")
    (True, False)
    """
    if abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    one, other = one[start:], other[start:]
    is_swap = len(one) > 1 and one[:2] == other[1::-1] and one[2:] == other[2:]
    return is_swap or one[1:] == other[1:] or one == other[1:] or one[1:] == other
