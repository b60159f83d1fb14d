# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What tests about several allowances share."""

from .rating_common import RatingCommon


class WaterfallCommon(RatingCommon):
    """A rate of 0.60 a minute by the second, and a way to read balances."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rate = cls._create_rate("0.60")

    def _covered(self, event_id):
        return self._usage(event_id)["allowance_quantity"]

    def _balances(self, allowance):
        """Return (month, origin, granted, used) of an allowance, in order."""
        self.env.invalidate_all()
        balances = self.env["telecom.allowance.balance"].search(
            [("allowance_id", "=", allowance.id)]
        )
        return sorted(
            (
                str(balance.month_date or ""),
                str(balance.origin_date or ""),
                balance.granted,
                balance.used,
            )
            for balance in balances
        )
