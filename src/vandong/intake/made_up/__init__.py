"""Made-up provinces: people, households, participation, receipts and lists with faults, from one seed.

Nobody in them is real. Shape and rates come from `domain.md` 3.1, units from the official tables, amounts from
the rules by the law of the day of payment.
"""

from vandong.intake.made_up.request import DEFAULT_DAY, MadeUpRequest
from vandong.intake.made_up.writing import FILES, Written, write_made_up_province

__all__ = ["DEFAULT_DAY", "FILES", "MadeUpRequest", "Written", "write_made_up_province"]
