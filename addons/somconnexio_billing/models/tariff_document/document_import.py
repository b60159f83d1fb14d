# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Bring a tariff document into a company: what differs, then the records."""

from ...tariff_document import DocumentError, Problem
from .shared_reader import SHARED
from .tariff_writer import TariffWriter


class DocumentImport:
    """The import of one document.

    :param env: environment of the user and the company
    :param TariffDocument document: what to bring in
    """

    def __init__(self, env, document):
        self.env = env
        self.document = document

    def differences(self):
        """Yield what the database has under the document's codes, but otherwise.

        :return: Problems; each says which of the two will hold: the database's
        """
        for kind, (model, read) in SHARED.items():
            items = {item.code: item for item in getattr(self.document, kind)}
            Model = self.env[model].with_context(active_test=False)
            for record in Model.search([("code", "in", list(items))]):
                if _says_the_same(read(record), items[record.code]):
                    continue
                text = self.env._(
                    "%(name)s is here already and says something else; it stays as it"
                    " is here.",
                    name=record.display_name,
                )
                yield Problem(f"{kind}: {record.code}", text)

    def preview(self):
        """Yield what the import would do, as columns of telecom.tariff.import.line."""
        kept = {problem.path: problem.text for problem in self.differences()}
        for kind, (model, _read) in SHARED.items():
            codes = [item.code for item in getattr(self.document, kind)]
            Model = self.env[model].with_context(active_test=False)
            known = set(Model.search([("code", "in", codes)]).mapped("code"))
            for code in codes:
                path = f"{kind}: {code}"
                if path in kept:
                    yield _line("kept", path, kept[path])
                elif code not in known:
                    yield _line("added", path)
        plan = self.document.plan
        yield _line("added", f"tariff: {plan.code}", f"rates: {len(plan.rates)}")
        for allowance in plan.allowances:
            yield _line("added", f"allowances: {allowance.code}", allowance.name)
        for name in self.left_out():
            text = self.env._("Left out: only rate_usage reads it.")
            yield _line("kept", name, text)

    def left_out(self):
        """Yield the keys of the document that only rate_usage reads."""
        for name in ("plans", "wholesale", "subscriptions", "on_net_numbers"):
            if getattr(self.document, name):
                yield name

    def check(self, offering=None):
        """Refuse what can't be brought in.

        :param offering: product.template that shall get tariff and allowances
        :raise DocumentError: with every reason and what to do
        """
        problems = [
            *self._code_taken(),
            *self._other_currency(),
            *self._taken(),
            *self._allowances_taken(offering),
        ]
        if problems:
            raise DocumentError(problems)

    def run(self, product, offering=None):
        """Make the records and return the tariff.

        :param product: product.product of new usage categories and of a minimum spend
        :param offering: product.template that gets tariff and allowances
        """
        self.check(offering)
        writer = TariffWriter(self.env, self.document, product)
        writer.write_shared()
        tariff = writer.write_tariff(self.document.plan)
        if offering:
            offering.telecom_tariff_id = tariff
            writer.write_allowances(self.document.plan, offering.id)
        return tariff

    def _code_taken(self):
        Tariff = self.env["telecom.tariff"].with_context(active_test=False)
        domain = [
            ("code", "=", self.document.code),
            ("company_id", "=", self.env.company.id),
        ]
        if Tariff.search(domain, limit=1):
            text = self.env._("The company has a tariff of this code: choose another.")
            yield Problem("code", text)

    def _other_currency(self):
        wanted, own = self.document.currency, self.env.company.currency_id.name
        if wanted != own:
            text = self.env._("The company's prices are in %(own)s.", own=own)
            yield Problem("currency", text)

    def _allowances_taken(self, offering):
        if (
            offering
            and offering.telecom_allowance_ids
            and self.document.plan.allowances
        ):
            text = self.env._(
                "%(offering)s has allowances already: archive them, or choose another"
                " offering.",
                offering=offering.display_name,
            )
            yield Problem("allowances", text)

    def _taken(self):
        """Yield prefixes and countries that belong to another record already."""
        prefixes = {
            prefix: item.code
            for item in self.document.destinations
            for prefix in item.prefixes
        }
        found = self.env["telecom.destination.prefix"].search(
            [("prefix", "in", list(prefixes))]
        )
        owners = [(p.prefix, p.destination_id) for p in found]
        yield from self._of_others("destinations", prefixes, owners)
        countries = {
            code: item.code
            for item in self.document.roaming_zones
            for code in item.countries
        }
        zones = self.env["telecom.roaming.zone"].search(
            [("country_ids.code", "in", list(countries))]
        )
        owners = [(c.code, z) for z in zones for c in z.country_ids]
        yield from self._of_others("roaming_zones", countries, owners)

    def _of_others(self, kind, wanted, owners):
        model = SHARED[kind][0]
        existing = set(
            self.env[model]
            .with_context(active_test=False)
            .search([("code", "in", list(set(wanted.values())))])
            .mapped("code")
        )
        for value, owner in owners:
            code = wanted.get(value)
            # What is here already stays as it is: it takes nothing from others.
            if code is None or code in existing or owner.code == code:
                continue
            text = self.env._(
                "%(value)s belongs to %(owner)s (%(code)s) here: use that code, or"
                " take it out of there first.",
                value=value,
                owner=owner.display_name,
                code=owner.code,
            )
            yield Problem(f"{kind}: {code}", text)


def _line(change, name, after=""):
    return {
        "change": change,
        "name": name,
        "line_number": None,
        "before": "",
        "after": after,
    }


def _says_the_same(here, there):
    """Compare two parts of a document, but for their names, which are translated."""
    return _without_words(here) == _without_words(there)


def _without_words(item):
    facts = dict(vars(item))
    for name in ("name", "display_unit"):
        facts.pop(name, None)
    for name in ("prefixes", "countries", "dates", "windows"):
        if name in facts:
            facts[name] = sorted(facts[name], key=str)
    return facts
