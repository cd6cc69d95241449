"""Where a page of a search ended, as a part of an address."""

from vandong.registry.queries.search import Place


def place_text(place: Place | None) -> str:
    """A place as it stands in an address; nothing at the end."""
    return f"{place.step}.{place.person_id}.{place.key}" if place else ""


def place_of(text: str) -> Place | None:
    """The place in an address; None for what is none."""
    step, _, rest = text.partition(".")
    number, _, key = rest.partition(".")
    if not (step.isdecimal() and number.isdecimal() and len(step) < 3 and len(number) < 19):
        return None
    return Place(int(step), key[:400], int(number))
