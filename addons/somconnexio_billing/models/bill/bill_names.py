# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Names of records in the language of a bill, each table read once."""

from functools import cache


class BillNames:
    """Looks names up by model and id in one language.

    The models are small tables of configuration (destinations, categories, taxes):
    each is read whole on first use.
    """

    def __init__(self, env, language):
        self._env = env(context={**env.context, "lang": language, "active_test": False})
        self._names = cache(self._read)

    def _read(self, model):
        records = self._env[model].search_fetch([], ["name"])
        return {record.id: record.name for record in records}

    def __call__(self, model, record_id):
        """Return the name of one record, empty when there is none."""
        return self._names(model).get(record_id, "")

    def tax(self, tax_id):
        """Return what a tax is called on invoices."""
        return self._tax_names()[tax_id]

    @cache  # noqa: B019 the instance lives as long as one batch
    def _tax_names(self):
        taxes = self._env["account.tax"].search_fetch([], ["name", "invoice_label"])
        return {tax.id: tax.invoice_label or tax.name for tax in taxes}
