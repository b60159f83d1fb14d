# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Calls to other systems: when, how, how often, and what an answer means.

Plain Python without Odoo and without a database. ``models/outbox`` keeps the calls
and asks here what to do next.
"""

from . import address, breaker, credential, next_step, redaction, schedule
from . import transport, verdict, webhook_signature
