"""A drawing in, a PNG out."""

from bot.core.drawings import AttackMap, Drawing, FactCard, MonthChart, TimelineChart, TollChart
from bot.pictures import attack_map, card, month, timeline, tolls
from bot.pictures.canvas import Canvas


def canvas(drawing: Drawing) -> Canvas:
    """The drawing laid out, with the boxes of its text, before it becomes pixels."""
    match drawing:
        case FactCard():
            return card.draw(drawing)
        case TollChart():
            return tolls.draw(drawing)
        case TimelineChart():
            return timeline.draw(drawing)
        case AttackMap():
            return attack_map.draw(drawing)
        case MonthChart():
            return month.draw(drawing)


def png(drawing: Drawing) -> bytes:
    """The same drawing gives the same bytes. Takes up to a second of one core.

    Raises `Undrawable` where the text has a letter that no font of ours has.
    """
    return canvas(drawing).png()
