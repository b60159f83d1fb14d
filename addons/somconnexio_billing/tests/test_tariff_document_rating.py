# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Usage rated by a tariff document: the examples, isolation, and no trace."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from unittest import skipUnless

from odoo.tests import tagged

from ..tariff_document import (
    OUTCOME_COLUMNS,
    DocumentError,
    TableWriter,
    UsageError,
    UsageReader,
    parse,
    read_usage,
)
from .rating_common import RatingCommon

EXAMPLES = Path(__file__).parents[3] / "docs" / "tariff_examples"
DOCUMENT = {
    "format": "telecom-tariff/1",
    "code": "T",
    "name": "T",
    "destinations": [{"code": "M", "name": "Mobile", "prefixes": ["346"]}],
    "rates": [{"usage_type": "voice", "unit_price": "0.06", "price_unit": 60}],
}
TRACES = (
    "res_company",
    "telecom_tariff",
    "telecom_destination_prefix",
    "telecom_roaming_zone_country_rel",
    "contract_contract",
    "telecom_usage_event",
    "telecom_rated_usage",
    "telecom_allowance_balance",
)


def usage(number=1, subscription="A", **cells):
    """Return a row of usage: a minute to a Spanish mobile on 5 October."""
    return {
        "event_id": f"E{number}",
        "subscription": subscription,
        "usage_type": "voice",
        "started_at": "2026-10-05T10:00:00+02:00",
        "quantity": "60",
        "other_number": "34612345678",
        **cells,
    }


@tagged("post_install", "-at_install")
class TestTariffDocumentRating(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Document = cls.env["telecom.tariff.document"]

    def _rate_one(self, document=None, **cells):
        [row] = self.Document._rate_usage(document or DOCUMENT, [usage(**cells)]).rows
        return row

    def _counts(self):
        counts = {}
        for table in TRACES:
            self.env.cr.execute(f"SELECT count(*) FROM {table}")  # pylint: disable=sql-injection
            counts[table] = self.env.cr.fetchone()[0]
        return counts

    @skipUnless(EXAMPLES.is_dir(), "The addon is installed without its documentation.")
    def test_every_example_comes_out_as_written_and_as_reckoned_by_hand(self):
        folders = sorted(path for path in EXAMPLES.iterdir() if path.is_dir())
        self.assertGreaterEqual(len(folders), 28)
        with self.Document._bench() as bench:
            for folder in folders:
                with self.subTest(example=folder.name):
                    self._check_example(bench, folder)

    def _check_example(self, bench, folder):
        document = parse((folder / "tariff.json").read_bytes())
        with (
            open(folder / "usage.csv", encoding="utf-8", newline="") as stream,
            bench.rating(document, read_usage(stream, document)) as reader,
        ):
            rows = list(reader.rows())
        with open(folder / "by_hand.csv", encoding="utf-8", newline="") as stream:
            by_hand = dict(list(csv.reader(stream))[1:])
        for row in rows:
            wanted = by_hand.pop(row["event_id"])
            if row["status"] == "suspended":
                self.assertEqual(row["reason"], wanted)
            else:
                self.assertEqual(row["amount"], Decimal(wanted), row["event_id"])
        self.assertFalse(by_hand, "Not every event has an outcome.")
        written = io.StringIO(newline="")
        TableWriter(written, OUTCOME_COLUMNS).write(rows)
        expected = (folder / "expected.csv").read_text(encoding="utf-8")
        self.assertEqual(written.getvalue(), expected)

    def test_nothing_stays_of_a_rating(self):
        before = self._counts()
        self._rate_one()
        self.assertEqual(self._counts(), before)

    def test_nothing_stays_when_the_usage_cannot_be_read(self):
        before = self._counts()
        with self.assertRaisesRegex(UsageError, "line 3, quantity"):
            self.Document._rate_usage(DOCUMENT, [usage(), usage(2, quantity="x")])
        self.assertEqual(self._counts(), before)

    def test_destinations_of_the_database_do_not_count(self):
        row = self._rate_one(other_number="34931234567")
        self.assertEqual(row["reason"], "no_destination")

    def test_zone_of_the_document_may_have_a_country_of_the_database_s(self):
        document = {
            **DOCUMENT,
            "roaming_zones": [{"code": "Z", "name": "Z", "countries": ["FR"]}],
            "rates": [
                {
                    "usage_type": "voice",
                    "zone": "Z",
                    "unit_price": "0.5",
                    "price_unit": 60,
                }
            ],
        }
        row = self._rate_one(document, visited_country="FR")
        self.assertEqual((row["zone"], row["amount"]), ("Z", Decimal("0.5")))

    def test_numbers_that_the_company_serves_do_not_count_as_own_network(self):
        served = self.subscription.main_resource_name
        row = self._rate_one(other_number=served)
        self.assertEqual(row["network"], "off_net")

    def test_usage_of_the_company_stays_as_it_was_rated(self):
        self._create_rate("0.10")
        event = self._add_event(60)
        self._rate()
        before = self._usage(event)
        self._rate_one()
        self.assertEqual(self._usage(event), before)

    def test_price_with_many_digits_is_exact(self):
        rate = {"usage_type": "voice", "unit_price": "0.000000000001"}
        document = {**DOCUMENT, "amount_digits": 12, "rates": [rate]}
        row = self._rate_one(document, quantity="60")
        self.assertEqual(row["amount"], Decimal("0.00000000006"))

    def test_rows_come_in_the_order_of_the_input(self):
        rows = [usage(number) for number in (3, 1, 2)]
        found = self.Document._rate_usage(DOCUMENT, rows, explain=False).rows
        self.assertEqual([row["event_id"] for row in found], ["E3", "E1", "E2"])

    def test_explanation_is_one_line_and_can_be_spared(self):
        text = self._rate_one()["explanation"]
        self.assertIn("Voice to Mobile", text)
        self.assertNotIn("\n", text)
        spared = self.Document._rate_usage(DOCUMENT, [usage()], explain=False)
        self.assertIsNone(spared.rows[0]["explanation"])

    def test_unknown_country_and_currency_are_told_with_their_path(self):
        zone = {"code": "Z", "name": "Z", "countries": ["QQ"]}
        with self.assertRaisesRegex(DocumentError, r"roaming_zones\[0\].countries"):
            self._rate_one({**DOCUMENT, "roaming_zones": [zone]})
        with self.assertRaisesRegex(DocumentError, "currency: there is no currency"):
            self._rate_one({**DOCUMENT, "currency": "QQQ"})

    def test_currency_and_time_zone_of_the_document_hold(self):
        rates = [
            {"usage_type": "voice", "unit_price": "1", "valid_to": "2026-10-05"},
            {"usage_type": "voice", "unit_price": "2", "valid_from": "2026-10-05"},
        ]
        document = {
            **DOCUMENT,
            "currency": "USD",
            "time_zone": "Pacific/Kiritimati",
            "rates": rates,
        }
        row = self._rate_one(document, started_at="2026-10-04T12:00:00+00:00")
        self.assertEqual(row["amount"], Decimal(120))
        self.assertIn("$", row["explanation"])

    def test_summary_tells_usage_minimum_spend_and_balances(self):
        document = {
            **DOCUMENT,
            "minimum_spend": "5",
            "allowances": [
                {"code": "MIN", "name": "m", "usage_type": "voice", "quantity": 30}
            ],
        }
        rows = [usage(1), usage(2, started_at="2026-11-05T10:00:00+01:00")]
        items = self.Document._rate_usage(document, rows).summary
        found = {(item["item"], item["month"].month): item for item in items}
        self.assertEqual(found["usage", 10]["amount"], Decimal("0.03"))
        self.assertEqual(found["minimum_spend", 10]["amount"], Decimal("4.97"))
        self.assertEqual(found["minimum_spend", 11]["amount"], Decimal("4.97"))
        self.assertEqual(found["balance", 11]["used"], 30)
        self.assertEqual(found["balance", 11]["allowance"], "MIN")

    def test_minimum_spend_of_a_partial_month_is_prorated(self):
        document = {
            **DOCUMENT,
            "minimum_spend": "31",
            "subscriptions": [{"code": "A", "from": "2026-10-22"}],
        }
        rows = [usage(started_at="2026-10-23T10:00:00+02:00")]
        items = self.Document._rate_usage(document, rows).summary
        [missing] = [item for item in items if item["item"] == "minimum_spend"]
        self.assertEqual(missing["amount"], Decimal("9.94"))

    def test_number_of_queries_does_not_grow_with_the_usage(self):
        document = parse(DOCUMENT)

        def rate(count):
            rows = [usage(n, f"S{n}", served_number=f"{n:011}") for n in range(count)]
            with bench.rating(document, UsageReader(document).read_all(rows)) as reader:
                self.assertEqual(len(list(reader.rows(explain=False))), count)

        with self.Document._bench() as bench:
            rate(1)
            few = self._count_queries(lambda: rate(3))
            many = self._count_queries(lambda: rate(90))
        self.assertEqual(many, few)
