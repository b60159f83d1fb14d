# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The JSON tariff document: reading, faults, writing."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from tariff_document import DocumentError, dump, parse, schema

EXAMPLES = Path(__file__).parents[2] / "docs" / "tariff_examples"
LEAST = {"format": "telecom-tariff/1", "code": "T", "name": "T"}


def told(**keys):
    """Return what is said of a document with these keys."""
    with pytest.raises(DocumentError) as raised:
        parse({**LEAST, **keys})
    return str(raised.value)


def rate(**keys):
    return {"usage_type": "voice", "unit_price": "0.10", **keys}


def test_smallest_document_gets_every_default():
    document = parse(json.dumps(LEAST))
    assert document.plan.amount_digits == 6
    assert document.plan.rounding_method == "half_up"
    assert document.time_zone == "Europe/Madrid"
    assert document.subscriptions is None


@pytest.mark.parametrize(
    "folder", sorted(p.name for p in EXAMPLES.iterdir() if p.is_dir())
)
def test_written_document_reads_as_the_same(folder):
    document = parse((EXAMPLES / folder / "tariff.json").read_bytes())
    assert parse(dump(document)) == document


def test_numbers_are_read_exactly_whether_text_or_number():
    text = json.dumps({**LEAST, "rates": [rate()]}).replace('"0.10"', "0.10")
    [number] = parse(text).plan.rates
    assert number.unit_price == Decimal("0.10")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"format": 1', "no JSON: Expecting ',' delimiter at line 1, column 13"),
        ('{"code": "A", "code": "B"}', "the key 'code' stands twice"),
        ('{"minimum_spend": NaN}', "NaN is no number"),
        ("[]", "must be an object"),
        ("[" * 100_000, "nested too deeply"),
        (b'{"name": "\xff"}', "byte 10 is no UTF-8"),
    ],
)
def test_broken_json_is_told_with_its_place(text, said):
    with pytest.raises(DocumentError, match=said.replace("(", "[(]")):
        parse(text)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"rats": []}, "rats: unknown key; is 'rates' meant?"),
        ({"rates": [rate(unit_prise=1)]}, "rates[0].unit_prise: unknown key"),
        ({"rates": [{"unit_price": 1}]}, "rates[0].usage_type: is missing: add it"),
        ({"rates": [rate(unit_price=-1)]}, "rates[0].unit_price: -1 must be zero"),
        ({"rates": [rate(price_unit=0)]}, "rates[0].price_unit: 0 must be more than"),
        ({"rates": [rate(unit_price="ten")]}, '"ten" is no number'),
        ({"rates": [rate(unit_price=True)]}, "true must be a number"),
        ({"rates": [rate(valid_from="2026-13-01")]}, '"2026-13-01" is no date'),
        ({"rates": [rate(direction="both")]}, '"both" is none of "outgoing"'),
        ({"time_zone": "Mars/Olympus"}, "there is no time zone 'Mars/Olympus'"),
        ({"amount_digits": 13}, "amount_digits: 13 must lie between 0 and 12"),
        ({"name": ""}, "name: must have 1 to 200 characters"),
        ({"format": "telecom-tariff/2"}, 'format: must be "telecom-tariff/1"'),
    ],
)
def test_fault_is_told_with_path_and_remedy(keys, said):
    assert said in told(**keys)


@pytest.mark.parametrize("price", [0.1 + 0.2, "0.30000000000000004", "1e-20"])
def test_tail_of_floating_point_is_refused(price):
    assert "rates[0].unit_price" in told(rates=[rate(unit_price=price)])


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"rates": [rate(usage_type="fax")]}, "'fax' is not in usage_types"),
        ({"rates": [rate(), rate()]}, "rates[1]: overlaps rates[0]"),
        (
            {
                "rates": [
                    rate(valid_to="2026-10-02"),
                    rate(valid_from="2026-10-01"),
                ]
            },
            "give that one the valid_to 2026-10-01",
        ),
        ({"rates": [rate(price_mode="volume")]}, "rates[0].tiers: are missing"),
        ({"rates": [rate(tiers=[{"unit_price": 1}])]}, "per_unit has none"),
        (
            {
                "rates": [
                    rate(
                        price_mode="graduated",
                        tiers=[
                            {"up_to": 10, "unit_price": 1},
                            {"up_to": 5, "unit_price": 1},
                        ],
                    )
                ]
            },
            "rates[0].tiers[1].up_to: must be more than the tier before",
        ),
        (
            {"allowances": [{"code": "A", "name": "A", "usage_type": "voice"}]},
            "allowances[0].quantity: give it, or set unlimited",
        ),
        (
            {"allowances": [{"code": "A", "name": "A", "quantity": 1}]},
            "allowances[0].usage_type: only money may be for any",
        ),
        (
            {
                "destinations": [
                    {"code": "A", "name": "A", "prefixes": ["34"]},
                    {"code": "B", "name": "B", "prefixes": ["34"]},
                ]
            },
            "34 belongs to 'A' already",
        ),
        (
            {
                "time_bands": [
                    {
                        "code": "N",
                        "name": "N",
                        "windows": [{"days": [1], "from": "22:00", "to": "06:00"}],
                    }
                ]
            },
            "split it at midnight into two windows",
        ),
        ({"minimum_spend": 2, "maximum_spend": 1}, "is less than minimum_spend"),
        ({"subscriptions": [{"code": "S", "plan": "P"}]}, "'P' is not in plans"),
        (
            {"subscriptions": [{"code": "S", "lines": [{"plan": "T"}, {"plan": "T"}]}]},
            "subscriptions[0].lines: T and T hold on the same day",
        ),
        (
            {"wholesale": {"rates": [rate(price_mode="package")]}},
            "wholesale prices are per_unit only",
        ),
    ],
)
def test_contradiction_is_told_with_path_and_remedy(keys, said):
    assert said in told(**keys)


def test_rates_that_follow_each_other_do_not_overlap():
    rates = [rate(valid_to="2026-10-01"), rate(valid_from="2026-10-01")]
    assert len(parse({**LEAST, "rates": rates}).plan.rates) == 2


def test_all_faults_are_told_at_once():
    said = told(rates=[rate(unit_price=-1), rate(price_unit=0)], rats=[])
    assert len(said.splitlines()) == 3


def test_plan_takes_over_what_it_leaves_out():
    plans = [{"code": "P", "minimum_spend": "5"}]
    document = parse({**LEAST, "rates": [rate()], "plans": plans})
    [plan] = document.plans
    assert plan.rates == document.plan.rates
    assert plan.minimum_spend == 5


def test_lines_are_cut_to_the_days_of_service():
    line = {"plan": "T", "from": "2026-09-01"}
    item = {"code": "S", "from": "2026-10-01", "to": "2026-10-11", "lines": [line]}
    [subscription] = parse({**LEAST, "subscriptions": [item]}).subscriptions
    [cut] = subscription.lines
    assert (str(cut.valid_from), str(cut.valid_to)) == ("2026-10-01", "2026-10-11")


def test_schema_speaks_json_schema_only():
    assert schema.schema()["$schema"].endswith("draft/2020-12/schema")


def test_every_key_of_the_schema_is_described():
    def undescribed(rule, path):
        for name, inner in rule.get("properties", {}).items():
            place = f"{path}.{name}"
            if (
                "$ref" not in inner
                and "description" not in inner
                and "const" not in inner
            ):
                yield place
            yield from undescribed(inner, place)

    whole = schema.schema()
    parts = [whole, *whole["$defs"].values()]
    assert not [place for part in parts for place in undescribed(part, "")]


def test_documentation_names_every_key_of_the_schema():
    def names(rule):
        for name, inner in rule.get("properties", {}).items():
            yield name
            yield from names(inner)
        if "items" in rule:
            yield from names(rule["items"])

    whole = schema.schema()
    parts = [whole, *whole["$defs"].values()]
    text = (EXAMPLES.parent / "tariff_document.md").read_text(encoding="utf-8")
    told = {name for part in parts for name in names(part)}
    assert not {name for name in told if f"`{name}`" not in text and name not in text}


def test_faults_are_told_in_another_language_piece_by_piece():
    words = {
        "%(value)s must be %(wanted)s": "%(value)s ha de ser %(wanted)s",
        "zero or more": "zero o més",
        "… and %(count)s more": "… i %(count)s més",
    }
    with pytest.raises(DocumentError) as raised:
        parse({**LEAST, "rates": [rate(unit_price=-1)] * 21})

    def catalan(source, **values):
        return words[source] % values if values else words[source]

    first, *_others, last = raised.value.told(catalan).splitlines()
    assert first == "rates[0].unit_price: -1 ha de ser zero o més"
    assert last == "… i 1 més"
