# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Turn an uploaded logo into a PDF image, once for all bills that show it."""

import io
import logging
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, UnidentifiedImageError

from .fonts import ReadyStream, stream_bytes

_logger = logging.getLogger(__name__)

MAX_PIXELS = (720, 240)  # 300 dpi at the size printed


@dataclass(frozen=True)
class Logo:
    """A ready PDF image and its shape."""

    stream: ReadyStream
    aspect: float

    def size_within(self, width: float, height: float) -> tuple[float, float]:
        """Return the largest width and height inside the given box."""
        if width / height > self.aspect:
            return height * self.aspect, height
        return width, width / self.aspect


@lru_cache(maxsize=16)
def load(content: bytes | None) -> Logo | None:
    """Return the logo, or None without one or when it can't be read.

    Transparent parts become white, the paper's colour.
    """
    if not content:
        return None
    try:
        with Image.open(io.BytesIO(content)) as source:
            image = _on_white(source)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        _logger.warning("The bill's logo is not a readable image: %s", error)
        return None
    entries = (
        b"/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        b"/Width %d /Height %d" % image.size
    )
    stream = ReadyStream(stream_bytes(image.tobytes(), entries))
    return Logo(stream, image.width / image.height)


def _on_white(source):
    image = source.convert("RGBA")
    image.thumbnail(MAX_PIXELS)
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper
