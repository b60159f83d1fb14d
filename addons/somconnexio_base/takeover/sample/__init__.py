# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A made-up delivery of another ERP, the same for the same seed, with its defects.

For tests, the demonstration and the manual: files as people get them, a profile that
reads them, and what must become of their rows.
"""

from .delivery import Delivery, make_delivery
from .write import write_delivery

__all__ = ["Delivery", "make_delivery", "write_delivery"]
