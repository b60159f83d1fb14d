# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A whole tariff as one JSON document, and the usage it prices. No Odoo.

``parse`` reads a document and ``dump`` writes it; ``schema.json`` is its published
JSON Schema. ``read_usage`` reads the usage file of ``odoo rate_usage``, whose results
``TableWriter`` writes.
"""

from .document import FORMAT, TariffDocument
from .dump import dump
from .errors import DocumentError, Problem, UsageError
from .parse import parse
from .outcomes import OUTCOME_COLUMNS, SUMMARY_COLUMNS, Rated, TableWriter
from .usage_rows import USAGE_COLUMNS, UsageReader, UsageRow, read_usage
