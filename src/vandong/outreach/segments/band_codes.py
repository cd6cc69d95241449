"""Segments that are a band of people who are due: "due_bhyt_hgd_week", or "due_bhyt_hgd_week-12" for those whom
member 12 looks after."""

import re

from vandong.figures.models import Scheme
from vandong.outreach.segments.bands import Band
from vandong.outreach.segments.conditions import InBand, LookedAfter, Rule

DUE_SCHEMES: tuple[str, ...] = (Scheme.BHXH_TN, Scheme.BHYT_HGD)
_CODE = re.compile(
    rf"due_(?P<scheme>{'|'.join(DUE_SCHEMES)})_(?P<band>{'|'.join(Band)})(-(?P<member>[0-9]{{1,18}}))?"
)


def band_code(scheme: str, band: str, member_id: int | None = None) -> str:
    """The code of the segment."""
    return f"due_{scheme}_{band}" + (f"-{member_id}" if member_id else "")


def band_rule(code: str) -> Rule | None:
    """The rule of such a code; None for any other."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    rule = Rule((InBand(found["scheme"], found["band"]),))
    if found["member"] is None:
        return rule
    return Rule((*rule.conditions, LookedAfter(int(found["member"]))))
