# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The breakdown of a rated usage, read for its explanation."""

from datetime import datetime, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.tools.misc import format_date

from ...rating.facts import DrawFacts, PartFacts, TierFacts


class TelecomRatedUsage(models.Model):
    _inherit = "telecom.rated.usage"

    def _explained_breakdown(self):
        """Return the facts that the breakdown adds, none for simple events."""
        breakdown = self.breakdown
        if not breakdown:
            return {}
        parts = breakdown["parts"]
        draws = breakdown.get("allowances", [])
        units = [draw for draw in draws if draw["kind"] == "quantity"]
        return {
            "parts": tuple(
                self._explained_part(
                    part, [draw for draw in units if draw["part"] == part["part"]]
                )
                for part in parts
            ),
            "payments": tuple(
                self._explained_draw(draw) for draw in draws if draw["kind"] == "money"
            ),
            "minimum_charge": _number(breakdown.get("minimum_charge")),
            "maximum_charge": _number(breakdown.get("maximum_charge")),
            "maximum_spend": _number(breakdown.get("spend", {}).get("limit")),
        }

    def _explained_part(self, part, draws):
        """Return a part of the breakdown with the names that it refers to."""
        band = self.env["telecom.time.band"].browse(part.get("time_band"))
        return PartFacts(
            quantity=_number(part["quantity"]),
            charged=_number(part["charged"]),
            unit_price=_number(part["unit_price"]),
            price_unit=_number(part["price_unit"]),
            amount=_number(part["amount"]),
            price_mode=part["price_mode"],
            before=_number(part.get("before", 0)),
            total=_number(part.get("total", 0)),
            started=self._civil_clock(part["started_at"]),
            time_band=band.name or "",
            tiers=tuple(_tier(tier) for tier in part.get("tiers", [])),
            draws=tuple(self._explained_draw(draw) for draw in draws),
        )

    def _explained_draw(self, draw):
        """Return a draw of the breakdown with the name of its allowance."""
        origin = fields.Date.to_date(draw.get("origin"))
        is_rolled = origin and origin != self._civil(self.started_at).date().replace(
            day=1
        )
        return DrawFacts(
            allowance=self.env["telecom.allowance"].browse(draw["allowance"]).name,
            quantity=_number(draw["quantity"]),
            used_before=_number(draw["used_before"]),
            limit=_number(draw.get("limit_quantity")),
            origin=self._month_name(origin) if is_rolled else "",
        )

    def _month_name(self, month):
        """Return a month in words, in the language of the environment."""
        lang = self.env.lang or "en_US"
        return format_date(self.env, month, lang_code=lang, date_format="LLLL y")

    def _civil(self, instant):
        """Return a UTC instant as civil time of the company."""
        zone = ZoneInfo(self.company_id.telecom_timezone)
        return instant.replace(tzinfo=timezone.utc).astimezone(zone)

    def _civil_clock(self, text):
        """Return the civil time of day of a UTC instant written in ISO 8601."""
        return f"{self._civil(datetime.fromisoformat(text)):%H:%M:%S}"


def _tier(tier):
    return TierFacts(
        quantity=_number(tier["quantity"]),
        unit_price=_number(tier["unit_price"]),
        up_to=_number(tier.get("up_to")),
    )


def _number(text):
    """Return text as Decimal, None as None."""
    return None if text is None else Decimal(text)
