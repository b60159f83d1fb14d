# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who may have an offering: rules as data, one function that gives the reasons.

>>> rule = Rule("homes", minimum=8, maximum=11)
>>> find_problems([rule], Holder(), Address(homes=9))
[]
>>> find_problems([rule], Holder(), Address(homes=30))[0].reason
'homes_out_of_range'
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rule:
    """One condition. Of the values that it names, any one is enough.

    :ivar str kind: a key of ``CHECKS``
    :ivar str code: what other systems call it
    :ivar str holder_kind: person or company
    :ivar frozenset values: ids of tags, agreements, service types or offerings
    :ivar tuple prefixes: beginnings of postal codes
    :ivar int minimum: of what the kind counts; 0: none
    :ivar int maximum: of what the kind counts; 0: none
    """

    kind: str
    code: str = ""
    holder_kind: str = "person"
    values: frozenset = frozenset()
    prefixes: tuple = ()
    minimum: int = 0
    maximum: int = 0


@dataclass(frozen=True)
class Holder:
    """Who would have it.

    :ivar str kind: person or company
    :ivar frozenset tags: ids of the partner's tags
    :ivar frozenset agreements: ids of the collective agreements it came by
    :ivar Mapping service_types: id -> number of subscriptions not ended
    :ivar Mapping offerings: id -> number of subscriptions not ended
    """

    kind: str = "person"
    is_member: bool = False
    tags: frozenset = frozenset()
    agreements: frozenset = frozenset()
    service_types: Mapping = field(default_factory=dict)
    offerings: Mapping = field(default_factory=dict)


@dataclass(frozen=True)
class Address:
    """Where it would be. ``homes`` is the number of homes; 0: not known."""

    postal_code: str = ""
    homes: int = 0


@dataclass(frozen=True)
class Problem:
    """Why not: the rule that isn't met, and the name of the reason."""

    rule: Rule
    reason: str


def find_problems(rules, holder, address):
    """Return why a holder may not have an offering at an address.

    :param rules: iterable of Rule, all of which must be met
    :param Holder holder: who
    :param Address address: where
    :return: list of Problem in the order of the rules; empty: it may
    :raise KeyError: for a kind that is not in ``CHECKS``
    """
    problems = []
    for rule in rules:
        reason = CHECKS[rule.kind](rule, holder, address)
        if reason:
            problems.append(Problem(rule, reason))
    return problems


def _check_holder_kind(rule, holder, _address):
    return None if holder.kind == rule.holder_kind else f"only_{rule.holder_kind}"


def _check_member(_rule, holder, _address):
    return None if holder.is_member else "no_member"


def _check_tag(rule, holder, _address):
    return None if rule.values & holder.tags else "tag_missing"


def _check_agreement(rule, holder, _address):
    return None if rule.values & holder.agreements else "agreement_missing"


def _check_homes(rule, _holder, address):
    if not address.homes:
        return "homes_unknown"
    is_high = bool(rule.maximum) and address.homes > rule.maximum
    return "homes_out_of_range" if address.homes < rule.minimum or is_high else None


def _check_postal_code(rule, _holder, address):
    if not address.postal_code:
        return "postal_code_unknown"
    is_inside = address.postal_code.startswith(rule.prefixes)
    return None if is_inside else "postal_code_outside"


def _check_has_service(rule, holder, _address):
    held = sum(holder.service_types.get(value, 0) for value in rule.values)
    return None if held >= max(rule.minimum, 1) else "service_missing"


def _check_count(rule, holder, _address):
    """Check how many of the rule's offerings there are already; one is to come."""
    held = sum(holder.offerings.get(value, 0) for value in rule.values)
    return "too_many" if held >= rule.maximum else None


CHECKS = {
    "holder_kind": _check_holder_kind,
    "member": _check_member,
    "tag": _check_tag,
    "agreement": _check_agreement,
    "homes": _check_homes,
    "postal_code": _check_postal_code,
    "has_service": _check_has_service,
    "max_count": _check_count,
}
