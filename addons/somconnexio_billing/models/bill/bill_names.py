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
        self._tax_groups = cache(self._read_tax_groups)

    def _read(self, model):
        records = self._env[model].search_fetch([], ["name"])
        return {record.id: record.name for record in records}

    def _read_tax_groups(self):
        taxes = self._env["account.tax"].search_fetch([], ["tax_group_id"])
        return {tax.id: tax.tax_group_id.id for tax in taxes}

    def __call__(self, model, record_id):
        """Return the name of one record, empty when there is none."""
        return self._names(model).get(record_id, "")

    def tax(self, tax_id):
        """Return the name that a tax has on bills: that of its group."""
        return self("account.tax.group", self._tax_groups()[tax_id])
