# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import SUPERUSER_ID, api, models

from ...tariff_document import UsageReader, parse
from .rating_bench import RatingBench


class TelecomTariffDocument(models.AbstractModel):
    """A whole tariff as one JSON document: rate usage by it, without a trace.

    See ``docs/tariff_document.md`` for the document.
    """

    _name = "telecom.tariff.document"
    _description = "Tariff document"

    @api.private
    @api.model
    def _bench(self):
        """Return a RatingBench, a context in which documents rate usage.

        Nothing of it stays. Enter it once to rate many documents.
        """
        return RatingBench(self.with_user(SUPERUSER_ID).env)

    @api.private
    @api.model
    def _rate_usage(self, document, rows, explain=True):
        """Rate usage by a document, by the very steps that rate real usage.

        :param document: JSON text, the dict in it, or a TariffDocument
        :param rows: iterable of dicts of the usage file's columns
        :param bool explain: say why each event costs what it costs
        :return: Rated, see ``tariff_document/outcomes.py``
        :raise DocumentError: with every fault of the document
        :raise UsageError: with the first fault of the usage
        """
        document = parse(document)
        with self._bench() as bench:
            usage = UsageReader(document).read_all(rows)
            return bench.rate(document, usage, explain)
