# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Helpers to write tests about rating: tariffs, allowances, events, what they cost."""

from datetime import date, datetime, timezone
from decimal import Decimal
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

from odoo.tools import SQL

from odoo.addons.somconnexio_base.tests.common import SomconnexioCommon

from .. import sql_steps

MADRID = ZoneInfo("Europe/Madrid")
PERIOD_START = date(2026, 10, 1)
PERIOD_END = date(2026, 11, 1)
#: Spanish mobile, Spanish landline, freephone, French mobile; 999 is no country.
MOBILE, FIXED, FREE = "34612345678", "34931234567", "34900123456"
FRENCH_MOBILE, NOWHERE = "33612345678", "99912345678"
MEGABYTE = 1048576


def madrid(year, month, day, hour=0, minute=0, second=0, fold=0):
    """Return a civil instant of Madrid as UTC, the way that events keep it."""
    local = datetime(year, month, day, hour, minute, second, tzinfo=MADRID, fold=fold)
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def make_spanish(env):
    """Let the company be of Spain and count in euros, whatever the database says."""
    euro = env.ref("base.EUR")
    euro.active = True
    env.company.write({"country_id": env.ref("base.es").id, "currency_id": euro.id})


class RatingCommon(SomconnexioCommon):
    """A mobile subscription whose offering has the tariff ``cls.tariff``, no rates.

    ``cls.subscription`` is active from 1 September 2026; October is rated.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Rated = cls.env["telecom.rated.usage"]
        cls.Event = cls.env["telecom.usage.event"]
        cls.voice = cls._billing_ref("usage_type_voice")
        cls.sms = cls._billing_ref("usage_type_sms")
        cls.data = cls._billing_ref("usage_type_data")
        cls.to_mobile = cls._billing_ref("destination_es_mobile")
        cls.to_fixed = cls._billing_ref("destination_es_fixed")
        cls.to_france = cls._billing_ref("destination_fr_mobile")
        cls.zone_eu = cls._billing_ref("roaming_zone_eu")
        cls.category = cls._billing_ref("usage_category_voice_national")
        cls.tariff = cls._create_tariff("TEST-MOBILE")
        cls.offering = cls.offering_mobile
        cls.offering.product_tmpl_id.telecom_tariff_id = cls.tariff
        cls.subscription = cls._create_subscription(cls.offering, state="active")
        cls.keys = count(1)

    @classmethod
    def _billing_ref(cls, name):
        """Return a record of somconnexio_billing by its xml id."""
        return cls.env.ref(f"somconnexio_billing.{name}")

    @classmethod
    def _create_tariff(cls, code, **vals):
        """Return a tariff without rates: six decimals, half up."""
        return cls.env["telecom.tariff"].create({"name": code, "code": code, **vals})

    @classmethod
    def _create_rate(cls, unit_price="0.10", tariff=None, **vals):
        """Return a rate: outgoing voice by the second, price a minute, any number."""
        return cls.env["telecom.tariff.rate"].create(
            {
                "tariff_id": (tariff or cls.tariff).id,
                "usage_type_id": cls.voice.id,
                "unit_price": float(unit_price),
                "price_unit": 60,
                "category_id": cls.category.id,
                **vals,
            }
        )

    @classmethod
    def _create_allowance(cls, quantity=0, offering=None, **vals):
        """Return an allowance of outgoing voice at home; unlimited without quantity."""
        offering = offering or cls.offering
        return cls.env["telecom.allowance"].create(
            {
                "name": f"{quantity} s",
                "product_tmpl_id": offering.product_tmpl_id.id,
                "usage_type_id": cls.voice.id,
                "quantity": quantity,
                "is_unlimited": not quantity,
                **vals,
            }
        )

    @classmethod
    def _create_band(cls, code, *windows, calendar=None, **vals):
        """Return a time band.

        :param windows: days as text of digits 1 to 7 or "holiday", first and last hour
        """
        return cls.env["telecom.time.band"].create(
            {
                "name": code,
                "code": code,
                "calendar_id": calendar and calendar.id,
                "window_ids": [
                    (
                        0,
                        0,
                        {
                            "day_kind": day,
                            "start_minute": int(start * 60),
                            "end_minute": int(end * 60),
                        },
                    )
                    for days, start, end in windows
                    for day in ([days] if days == "holiday" else days)
                ],
                **vals,
            }
        )

    @classmethod
    def _create_grant(cls, allowance, quantity, valid_from_at, expires_at=None):
        """Return a one-shot allowance of ``cls.subscription``."""
        return cls.env["telecom.allowance.grant"].create(
            {
                "subscription_id": cls.subscription.id,
                "allowance_id": allowance.id,
                "quantity": quantity,
                "valid_from_at": valid_from_at,
                "expires_at": expires_at,
            }
        )

    @classmethod
    def _add_event(cls, quantity=60, started_at=None, other_number=MOBILE, **vals):
        """Store a guided event and return its id: a call in October to a mobile."""
        started_at = started_at or madrid(2026, 10, 5, 12)
        key = next(cls.keys)
        row = {
            "started_at": started_at,
            "event_key": str(UUID(int=key)),
            "company_id": cls.company.id,
            "file_id": 0,
            "line_number": key,
            "usage_type_id": cls.voice.id,
            "subscription_id": cls.subscription.id,
            "state": "guided",
            "direction": "outgoing",
            "served_number": cls.subscription.main_resource_name,
            "other_number": other_number,
            "quantity": str(quantity),
            **vals,
        }
        sql_steps.ensure_month_partitions(
            cls.env.cr, "telecom_usage_event", [started_at]
        )
        [event_id] = cls.env.execute_query(
            SQL(
                "INSERT INTO telecom_usage_event (%s) VALUES %s RETURNING id",
                SQL(", ").join(map(SQL.identifier, row)),
                tuple(row.values()),
            )
        )[0]
        return event_id

    @classmethod
    def _rate(cls, period_start=PERIOD_START, period_end=PERIOD_END, run=None):
        """Rate the usage of ``cls.company``; October unless told otherwise."""
        return cls.Rated._rate(cls.company, period_start, period_end, bill_run=run)

    @classmethod
    def _rows(cls, table, *columns):
        """Return columns of a table as text, to be compared exactly, in any order."""
        return cls.env.execute_query(
            SQL(
                "SELECT %s FROM %s",
                SQL(", ").join(SQL("%s::text", SQL.identifier(c)) for c in columns),
                SQL.identifier(table),
            )
        )

    def _draws(self, event_id):
        """Return what an event drew on: (allowance, quantity, used before, origin)."""
        rows = self.env.execute_query(
            SQL(
                "SELECT allowance_id, quantity::text, used_before::text, origin_date"
                " FROM telecom_allowance_usage WHERE event_id = %s",
                event_id,
            )
        )
        return [
            (allowance, as_number(quantity), as_number(before), str(origin or ""))
            for allowance, quantity, before, origin in rows
        ]

    def _parts(self, event_id):
        """Return the parts of an event: (rate, quantity, charged, amount)."""
        rows = self.env.execute_query(
            SQL(
                "SELECT part.rate, part.quantity::text, part.charged::text,"
                " part.amount::text"
                " FROM telecom_rated_usage CROSS JOIN LATERAL"
                " jsonb_to_recordset(breakdown -> 'parts') AS part ("
                " part integer, rate integer, quantity numeric, charged numeric,"
                " amount numeric) WHERE event_id = %s ORDER BY part.part",
                event_id,
            )
        )
        return [(rate, *map(as_number, numbers)) for rate, *numbers in rows]

    def _explanation(self, event_id):
        """Return the sentences that explain an event's price."""
        self.env.invalidate_all()
        return self.Rated.search([("event_id", "=", event_id)]).explain().splitlines()

    def _usage(self, event_id):
        """Return the rated usage of an event, numbers as Decimal, None if none."""
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT *, quantity::text, chargeable_quantity::text,"
                " allowance_quantity::text, charged_quantity::text,"
                " allowance_used_before::text, allowance_limit::text,"
                " amount_exact::text, amount::text, setup_fee::text,"
                " allowance_amount::text, capped_amount::text, wholesale_cost::text,"
                " margin::text"
                " FROM telecom_rated_usage WHERE event_id = %s",
                event_id,
            )
        )
        return rows and {name: as_number(value) for name, value in rows[0].items()}

    def _assert_costs(self, event_id, amount):
        """Assert the amount of an event after the rating, to the last digit."""
        usage = self._usage(event_id)
        self.assertTrue(usage, "The event has no rated usage.")
        self.assertEqual(usage["amount"], Decimal(amount))

    def _reason(self, event_id):
        """Return why an event waits in suspense, None when it doesn't."""
        self.env.invalidate_all()
        return self.Event.browse(event_id).reason or None

    @classmethod
    def _create_run(cls, period_start=PERIOD_START, **vals):
        """Return a bill run of the month that begins on a day."""
        return cls.env["telecom.bill.run"].create(
            {"period_start": period_start, **vals}
        )

    @classmethod
    def _invoice(cls, run, account=None):
        """Give an account of a run its invoice: its usage is locked from now on."""
        account = account or cls.subscription.telecom_billing_account_id
        move = cls.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": account.partner_id.id}
        )
        return cls.env["telecom.bill.run.account"].create(
            {
                "run_id": run.id,
                "company_id": run.company_id.id,
                "billing_account_id": account.id,
                "period_start": run.period_start,
                "kind": run.kind,
                "state": "invoiced",
                "move_id": move.id,
            }
        )


def as_number(value):
    """Return what reads as a number as Decimal, anything else as it is."""
    text = str(value)
    is_number = text.replace(".", "", 1).removeprefix("-").isdigit()
    return Decimal(text) if is_number and not isinstance(value, bool) else value
