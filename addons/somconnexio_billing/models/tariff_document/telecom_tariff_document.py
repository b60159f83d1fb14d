# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import SUPERUSER_ID, api, models

from ...tariff_document import UsageReader, dump, parse
from .document_import import DocumentImport
from .rating_bench import RatingBench
from .tariff_reader import TariffReader


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

    @api.private
    @api.model
    def _export(self, tariff, offering=None):
        """Return a tariff as a document.

        :param tariff: telecom.tariff
        :param offering: product.template whose allowances are part of it
        :return: TariffDocument
        :raise DocumentError: when it holds what no document can say
        """
        tariff.ensure_one()
        tariff.check_access("read")
        document = TariffReader(tariff, offering).document()
        return parse(dump(document))

    @api.private
    @api.model
    def _import(self, document, product, offering=None):
        """Make the tariff of a document in the company of the environment.

        :param document: JSON text, the dict in it, or a TariffDocument
        :param product: product.product of new usage categories and of a minimum spend
        :param offering: product.template that gets tariff and allowances
        :return: telecom.tariff
        :raise DocumentError: with every reason why it can't be brought in
        """
        for name in ("telecom.tariff", "telecom.tariff.rate", "telecom.tariff.tier"):
            self.env[name].check_access("create")
        return DocumentImport(self.env, parse(document)).run(product, offering)
