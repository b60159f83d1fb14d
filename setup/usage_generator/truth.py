# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What each row must become, beside the files: ``truth.csv.gz`` and its summary."""

import gzip
import json
from collections import Counter
from io import TextIOWrapper

TRUTH_NAME = "truth.csv.gz"
SUMMARY_NAME = "truth_summary.json"
HEADER = "file,line,outcome,reason,subscription,defect"
_COMPRESSION = 3


def open_gzip(path, level=_COMPRESSION):
    """Open a gzip file whose bytes depend on its content only."""
    return gzip.GzipFile("", "wb", level, path.open("wb"), mtime=0)


class TruthWriter:
    """Writes a line of truth for each detail row of each file.

    ``outcome`` is guided, received or rejected; ``subscription`` is the code of the
    one that a guided row belongs to; ``defect`` tells what was done to the row,
    harmful or not.

    :param Path folder: where the two files go
    """

    def __init__(self, folder):
        self._folder = folder
        self._raw = open_gzip(folder / TRUTH_NAME)
        self._text = TextIOWrapper(self._raw, encoding="utf-8", newline="\n")
        self._text.write(HEADER + "\n")
        self._outcomes = Counter()
        self._defects = Counter()
        self._files = {}

    def add_file(self, name, provider, row_count):
        """Tell of a file that is written, with its number of detail rows."""
        self._files[name] = {"provider": provider, "rows": row_count}

    def add(self, name, line_number, row):
        """Tell what a row must become.

        :param int line_number: its line in the file, from 1
        """
        outcome, reason = row.verdict
        guided_to = row.event.subscription if outcome == "guided" else ""
        self._text.write(
            f"{name},{line_number},{outcome},{reason},{guided_to},{row.defect}\n"
        )
        self._outcomes[row.verdict] += 1
        if row.defect:
            self._defects[row.defect] += 1

    def close(self, settings):
        """Write the summary and end both files.

        :return: dict, the summary
        """
        self._text.close()
        summary = {
            "seed": settings.seed,
            "month": f"{settings.month_start:%Y-%m}",
            "subscriptions": settings.subscription_count,
            "rows": self._outcomes.total(),
            "outcomes": [
                {"outcome": verdict.outcome, "reason": verdict.reason, "rows": count}
                for verdict, count in sorted(self._outcomes.items())
            ],
            "defects": dict(sorted(self._defects.items())),
            "files": dict(sorted(self._files.items())),
        }
        write_json(self._folder / SUMMARY_NAME, summary)
        return summary


def write_json(path, value):
    """Write a value as indented UTF-8 JSON that ends with a line end."""
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8")
