"""Personal data as it is shown until somebody asks for it with a reason: enough to tell two people apart."""

from datetime import date

COVER = "•"
_LEAST_LEFT = 4


def masked_number(value: str, shown: int = 3) -> str:
    """The last digits only: "079123456789" → "•••••••••789". Short numbers are covered whole."""
    if len(value) <= shown + _LEAST_LEFT:
        return COVER * len(value)
    return COVER * (len(value) - shown) + value[-shown:]


def masked_phone(value: str) -> str:
    """Network and last two digits: "0912345678" → "091•••••78"."""
    return value[:3] + COVER * max(len(value) - 5, 0) + value[-2:] if value else ""


def masked_birth(birth_on: date | None) -> str:
    """The year: "1975"."""
    return str(birth_on.year) if birth_on else ""


def masked_address(value: str) -> str:
    """What stands after the first comma: the house and street are left out."""
    return value.partition(",")[2].strip() or (COVER * 3 if value else "")
