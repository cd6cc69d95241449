"""One good question for each address."""

ASKED = {
    "quote_bhxh": {"income": "1500000", "method": "12", "on": "2026-11-22", "group": "other"},
    "quote_bhyt": {"members": "4", "months": "12", "on": "2026-11-22"},
    "pension": {"sex": "F", "average": "10000000", "years": "25", "on": "2026-11-22"},
    "lump_sum": {
        "average": "4000000",
        "years_before_2014": "2",
        "years_after": "6",
        "on": "2026-11-22",
    },
    "retirement_age": {"sex": "F", "birth": "1969-05"},
}
