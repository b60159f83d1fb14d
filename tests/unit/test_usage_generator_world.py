# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The world is one that a cooperative could have."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import phonenumbers
import pytest
import usage_generator
from schwifty import IBAN
from stdnum import luhn
from stdnum.es import cif, dni, nie
from usage_generator_sample import SETTINGS, sample_world

REFERENCE = Path(usage_generator.__file__).parent / "reference"
REPOSITORY = Path(usage_generator.__file__).parents[2]
CATALOGUE = REPOSITORY / "addons/somconnexio_base/demo/telecom_offering.xml"


def table(name):
    """Return a reference table of the generator."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def test_world_has_the_subscriptions_asked_for():
    codes = [row["code"] for row in sample_world()["subscriptions"]]
    assert len(codes) == len(set(codes)) == SETTINGS.subscription_count


def test_tax_numbers_are_valid_and_distinct():
    numbers = [row["vat"] for row in sample_world()["members"]]
    assert len(numbers) == len(set(numbers))
    for row in sample_world()["members"]:
        if row["is_company"]:
            assert cif.is_valid(row["vat"])
        else:
            assert dni.is_valid(row["vat"]) or nie.is_valid(row["vat"])


def test_ibans_are_valid_and_of_real_banks():
    ibans = [row["iban"] for row in sample_world()["billing_accounts"] if row["iban"]]
    banks = {row["bank_code"] for row in table("banks")}
    for text in ibans:
        iban = IBAN(text)
        iban.validate(validate_bban=True)
        assert iban.bank_code in banks
        assert iban.bank is not None, iban.bank_code


def test_direct_debit_and_only_that_has_an_iban():
    for row in sample_world()["billing_accounts"]:
        assert (row["collection_method"] == "direct_debit") == bool(row["iban"])


def test_mail_addresses_cannot_reach_anybody():
    for row in sample_world()["billing_accounts"]:
        for address in row["emails"]:
            assert address.endswith("@example.org")
            assert address.isascii()


def test_members_speak_the_three_languages():
    spoken = Counter(row["lang"] for row in sample_world()["members"])
    assert set(spoken) <= {"ca_ES", "es_ES", "en_US"}
    assert spoken["ca_ES"] > spoken["es_ES"] > spoken["en_US"]


@pytest.mark.parametrize(
    ("kind", "phone_type"),
    [
        ("msisdn", phonenumbers.PhoneNumberType.MOBILE),
        ("fixed_number", phonenumbers.PhoneNumberType.FIXED_LINE),
    ],
)
def test_numbers_lie_in_their_range_of_the_plan(kind, phone_type):
    names = [row["name"] for row in sample_world()["resources"] if row["kind"] == kind]
    assert names
    for name in names:
        number = phonenumbers.parse("+" + name)
        assert phonenumbers.is_valid_number_for_region(number, "ES")
        assert phonenumbers.number_type(number) == phone_type


def test_sim_cards_end_in_their_luhn_digit():
    names = [r["name"] for r in sample_world()["resources"] if r["kind"] == "iccid"]
    for name in names:
        assert len(name) == 19
        assert name.startswith("893404")
        assert luhn.is_valid(name)


def test_resources_exist_once():
    keys = [(row["kind"], row["name"]) for row in sample_world()["resources"]]
    assert len(keys) == len(set(keys))


def test_resource_is_never_held_twice_at_once():
    held = defaultdict(list)
    for row in sample_world()["assignments"]:
        end = row["end_at"] or "9999"
        held[row["kind"], row["resource"]].append((row["start_at"], end))
    for spans in held.values():
        spans.sort()
        for (_start, end), (next_start, _end) in zip(spans, spans[1:], strict=False):
            assert end <= next_start


def test_tariffs_of_a_subscription_follow_without_gap_or_overlap():
    for row in sample_world()["subscriptions"]:
        tariffs = [line for line in row["lines"] if line["kind"] == "tariff"]
        assert tariffs
        for before, after in zip(tariffs, tariffs[1:], strict=False):
            assert before["date_end"] < after["date_start"]


def test_every_life_happens():
    rows = sample_world()["subscriptions"]
    states = Counter(row["state"] for row in rows)
    assert set(states) == {"active", "pending", "suspended", "terminated"}
    assert states["active"] > 0.9 * len(rows)
    started = [r for r in rows if (r["activation_date"] or "").startswith("2026-10")]
    ended = [r for r in rows if (r["termination_date"] or "").startswith("2026-10")]
    changed = [r for r in rows if sum(li["kind"] == "tariff" for li in r["lines"]) == 2]
    assert started
    assert ended
    assert changed


def test_pending_subscription_holds_nothing():
    pending = {
        row["code"]
        for row in sample_world()["subscriptions"]
        if row["state"] == "pending"
    }
    assert pending
    assert not [
        a for a in sample_world()["assignments"] if a["subscription"] in pending
    ]


def test_number_changes_hands_within_the_month():
    held = defaultdict(list)
    for row in sample_world()["assignments"]:
        if row["kind"] == "msisdn":
            held[row["resource"]].append(row)
    shared = [sorted(rows, key=lambda r: r["start_at"]) for rows in held.values()]
    shared = [rows for rows in shared if len(rows) == 2]
    assert shared
    for old, new in shared:
        assert old["end_at"].startswith("2026-10")
        assert old["end_at"] <= new["start_at"]
        assert new["end_at"] is None


def test_offerings_are_those_of_the_catalogue():
    catalogue = CATALOGUE.read_text(encoding="utf-8")
    for name in ("offerings", "extras"):
        for row in table(name):
            code = f">{row['default_code']}<"
            assert code in catalogue, row["default_code"]


def test_offerings_ask_for_no_more_than_all_records():
    for row in table("offerings"):
        shares = (row["outgoing_share"], row["incoming_share"], row["message_share"])
        assert sum(map(float, shares)) <= 1
