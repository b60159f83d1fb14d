# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One staged row on its way to a record."""

from dataclasses import dataclass, field


@dataclass(eq=False)
class BatchRow:
    """A row of ``sql/migration/23_list_batch``, and what becomes of it.

    :ivar dict content: values as the source gives them
    :ivar dict known_content: as taken over before, None for a new row
    :ivar dict values: as they are taken; a writer may tidy them
    :ivar list issues: ``(column, value, code, expected, severity)``
    :ivar str state: empty until it is known
    """

    id: int
    file_id: int
    line_number: int
    external_id: str
    content: dict
    row_hash: str
    facts: str
    res_id: int
    known_content: dict
    state: str = ""
    issues: list = field(default_factory=list)
    values: dict = field(default_factory=dict)

    def __post_init__(self):
        self.values = dict(self.content)
        self.source_facts = self.facts

    def reset(self):
        """Forget what a refused attempt has made of this row."""
        self.values, self.issues, self.state = dict(self.content), [], ""
        self.facts = self.source_facts

    def report(self, column, value, code, expected, severity):
        """Note a fault; a refusal settles the row."""
        self.issues.append((column, value, code, expected, severity))
        if severity == "refused":
            self.state = "refused"

    def changed_columns(self, columns):
        """Return the names among ``columns`` that differ from what was taken before."""
        known = self.known_content or {}
        return [name for name in columns if known.get(name) != self.content.get(name)]

    def taken_content(self):
        """Return the content with what may not be changed as it was before."""
        known = self.known_content or {}
        kept = {column for column, *_rest, level in self.issues if level == "kept"}
        content = {k: v for k, v in self.content.items() if k not in kept}
        return content | {name: known[name] for name in kept if name in known}
