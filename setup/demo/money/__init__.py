# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What becomes of the demo's bills: drawn, paid, returned, reminded."""

from .bank_client import BankClient
from .story import Story
from .telling import tell

__all__ = ["BankClient", "Story", "tell"]
