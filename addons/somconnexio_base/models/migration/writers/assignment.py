# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from .base import Writer
from .line import end_with_subscription


class AssignmentWriter(Writer):
    """Which subscription held a number from which day to which."""

    kind_name = "assignment"
    model_name = "telecom.resource.assignment"
    fields = {"subscription": "subscription_id", "resource": "resource_id"}
    # Who holds a number now comes first: it is not at rest because of its past.
    last_column = "end_date"

    def tidy(self, row):
        """End what its subscription has ended."""
        end_with_subscription(self, row)

    def _from_start_date(self, row):
        day = row.values["start_date"]
        return {"start_at": self.company._telecom_day_start_at(day)}

    def _from_end_date(self, row):
        day = row.values.get("end_date")
        return {"end_at": self.company._telecom_day_end_at(day) if day else False}
