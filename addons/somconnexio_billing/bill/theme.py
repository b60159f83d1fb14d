# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Colours, sizes and the grid of the page. Lengths are points (1/72 inch)."""

from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89  # A4
MARGIN = 46
LEFT, RIGHT = MARGIN, PAGE_WIDTH - MARGIN
CONTENT_WIDTH = RIGHT - LEFT
TOP = PAGE_HEIGHT - 44
BOTTOM = 64
FOOTER_BASELINE = 36

# Type scale
HUGE, H1, H2, H3, BODY, SMALL, TINY = 28, 24, 13, 9.5, 8.5, 7.5, 6.5

MIN_CONTRAST = 4.5  # WCAG 2.1 AA for text on white
Rgb = tuple[float, float, float]


def parse_color(text: str) -> Rgb:
    """Return ``#rrggbb`` as three numbers between 0 and 1.

    :raise ValueError: when the text is no such colour
    """
    digits = text.strip().lstrip("#")
    if len(digits) != 6:
        raise ValueError(f"The colour {text!r} must be written as #rrggbb.")
    try:
        return tuple(int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    except ValueError:
        raise ValueError(f"The colour {text!r} must be written as #rrggbb.") from None


def mix(color: Rgb, other: Rgb, share: float) -> Rgb:
    """Return ``color`` with ``share`` (0 to 1) of ``other`` in it."""
    return tuple(a + (b - a) * share for a, b in zip(color, other, strict=True))


WHITE: Rgb = (1, 1, 1)
BLACK: Rgb = (0, 0, 0)


def _luminance(color):
    channels = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast_on_white(color: Rgb) -> float:
    """Return the WCAG contrast ratio between ``color`` and white, 1 to 21."""
    return 1.05 / (_luminance(color) + 0.05)


def text_on(background: Rgb, ink: Rgb) -> Rgb:
    """Return the text colour, white or ``ink``, that stands out on ``background``."""
    return WHITE if contrast_on_white(background) >= 3.5 else ink


def readable(color: Rgb) -> Rgb:
    """Return ``color``, darkened as far as needed to be read on white (and back)."""
    while contrast_on_white(color) < MIN_CONTRAST:
        color = mix(color, BLACK, 0.08)
    return color


@dataclass(frozen=True)
class Theme:
    """The colours of one cooperative."""

    primary: Rgb
    accent: Rgb
    ink: Rgb
    muted: Rgb
    line: Rgb
    wash: Rgb
    tint: Rgb

    @classmethod
    def of(cls, primary_color: str, accent_color: str) -> "Theme":
        """Derive every shade from the two colours of the brand."""
        primary = readable(parse_color(primary_color))
        ink = mix((0.11, 0.13, 0.15), primary, 0.08)
        return cls(
            primary=primary,
            accent=parse_color(accent_color),
            ink=ink,
            muted=mix(ink, WHITE, 0.38),
            line=mix(ink, WHITE, 0.85),
            wash=mix(primary, WHITE, 0.94),
            tint=mix(primary, WHITE, 0.76),
        )
