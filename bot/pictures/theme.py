"""Colours and measures of every picture. Text has a contrast of 4.5 to 1 or more."""

WIDTH = 1080
CARD_HEIGHT = 1350
GREATEST_HEIGHT = 4000
MARGIN = 76
COLUMN = WIDTH - 2 * MARGIN

GROUND = "#fbf9f4"
INK = "#1d2730"
MUTED = "#56616b"
ACCENT = "#0b5a5e"
RULE = "#d9d3c7"
TINT = "#e3ece9"
SEA = "#e2e9ea"
ABROAD = "#eeeae0"
BORDER = "#75808a"
WARNING = "#9a3412"

TEXT_COLOURS = (INK, MUTED, ACCENT, WARNING)
"""What text is drawn in, on `GROUND` or `TINT`; white text stands on `ACCENT` alone."""
