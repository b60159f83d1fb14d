# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Usage files on their way from kept bytes to batches of COPY text."""

from contextlib import ExitStack, closing

from odoo.addons.somconnexio_base.file_reading.stream import CappedStream

from ...mediation.copy_text import CopyText, copy_batches
from ...mediation.decode import FileDecoder
from ...mediation.prefetch import prefetch

# Some MiB of text: enough that a statement's own cost is nothing to its rows.
BATCH_ROWS = 10_000


class UsageDecoding:
    """The decoding of one file, in a thread, from the moment this exists.

    :param file: a ``telecom.usage.file``
    :param FormatSpec spec: its format
    :param Window window: starts that it may hold
    """

    def __init__(self, file, spec, window):
        self.window = window
        self._stack = ExitStack()
        content = self._stack.enter_context(file._open_content())
        self.decoder = FileDecoder(spec, CappedStream(content), window)
        lines = self.decoder.copy_lines(
            CopyText(file.company_id.id, spec.key_field_names)
        )
        made = prefetch(copy_batches(lines, BATCH_ROWS))
        self.batches = self._stack.enter_context(closing(made))

    def close(self):
        """Stop decoding, if that has not ended, and close the content."""
        self._stack.close()


def decoded_ahead(files, start):
    """Yield each file with its decoding, begun while the file before is being used.

    :param files: sequence of files
    :param start: function of a file: its begun ``UsageDecoding``
    """
    with ExitStack() as stack:
        following = None
        for index, file in enumerate(files):
            decoding = following or stack.enter_context(closing(start(file)))
            following = None
            # One whose format can't be used says so in its own turn.
            if index + 1 < len(files) and not files[index + 1].format_id.problem:
                following = stack.enter_context(closing(start(files[index + 1])))
            yield file, decoding
            decoding.close()
