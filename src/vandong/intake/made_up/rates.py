"""Rates of the made-up province (`domain.md` 3.1). K, D and G there are known, derived and guessed; what is not
there is a guess here. None of them is a fact about a place or a number of the law."""

HISTORY_MONTHS = 48
"""Months before the day of the data that have receipts."""

COMMUNE_SPREAD = 0.55
CLUSTER_HOUSEHOLDS = 110

HOUSEHOLD_SIZES = (11, 18, 20, 26, 13, 7, 5)
"""Per cent of households with 1, 2, … 7 and more people."""
LARGEST_HOUSEHOLD = 8
HEAD_MALE = 0.66
BOYS = 0.52
FIRST_OF_JANUARY = 0.1
"""People born before 1965 who stand in the papers with 1 January."""

BORN_ELSEWHERE = 0.1
NO_PERSONAL_ID = 0.01
NO_SI_NUMBER = 0.06
PERSONAL_ID_AS_SI_NUMBER = 0.02
NO_HOUSE_NUMBER = 0.35

POOR, NEAR_POOR, AVERAGE = (0.025, 0.03, 0.06)
"""Households. The average-living ones are counted among farmers."""
MINORITY_SHARES = {
    **{
        "04": 0.94,
        "08": 0.6,
        "11": 0.83,
        "12": 0.85,
        "14": 0.83,
        "15": 0.55,
        "19": 0.3,
        "20": 0.83,
    },
    **{
        "22": 0.12,
        "24": 0.08,
        "25": 0.25,
        "38": 0.16,
        "40": 0.15,
        "52": 0.28,
        "66": 0.28,
        "68": 0.2,
    },
}
MINORITY_ELSEWHERE = 0.012
MINORITY_SURNAME = 0.65

EMPLOYED_URBAN, EMPLOYED_RURAL = (0.38, 0.27)
"""People of working age in compulsory insurance."""
CONTRACT_ENDED = 0.03
CONTRACT_ENDED_MONTHS = 24
PUPILS, STUDENTS = (0.95, 0.38)
PENSIONERS = 0.21

CARD_URBAN = 0.17
CARD_RURAL = (0.20, 0.35)
PAYERS = (42, 31, 15, 8, 4)
"""Per cent of paying households with 1, 2, … 5 and more payers."""
CARD_EXPIRY = (10, 7, 8, 7, 8, 11, 7, 7, 8, 9, 8, 10)
CARD_TERMS = {12: 88, 6: 7, 3: 5}
CARD_RENEWAL = {12: 0.9, 6: 0.93, 3: 0.94}
CARD_KNOWN_BEFORE = 0.72
CARD_LATE = 0.12
CARD_RETURNING = 0.25

TN_COMMUNE_MEDIAN, TN_COMMUNE_SPREAD = (0.04, 0.5)
TN_COMMUNE_LOW, TN_COMMUNE_HIGH = (0.01, 0.12)
TN_INDEX = (88, 81, 76, 76, 83, 83, 82, 82, 83, 85, 87, 133)
"""Month-end stock, the December before = 100."""
TN_WITH_CARD = 0.7
TN_FIRST_TIME = 0.78
TN_METHODS = (12, 22, 24, 34, 6)
"""Per cent of joiners paying 1, 3, 6, 12 months, years ahead."""
TN_METHODS_DECEMBER = (23, 37, 14, 21, 5)
TN_MISSING_OF_OLD = 0.6
SURELY_RETIRED = 62
"""An age at which women and men can pay for missing time in every year of the history."""
TN_FIRST_RENEWAL = (0.44, 0.57, 0.72, 0.75, 0.6)
TN_LATER_RENEWAL = (0.95, 0.89, 0.85, 0.8, 0.6)
"""By method; the first is lower: 25, 40, 60, 75 % still pay after twelve months."""
TN_SPRING_LAPSE = 1.6
TN_TRICKLE = 0.006
"""Joiners of a month in which nothing is driven, of the stock."""
TN_INCOMES = (68, 14, 11, 5, 2)
"""Per cent at the floor, up to 2, 3, 5 and 10 million (bounds in millions of đồng)."""
TN_INCOME_BOUNDS = (2, 3, 5, 10)
TN_AHEAD_YEARS = (60, 20, 10, 10)
TN_LEAVING = {"lapsed": 92, "to_compulsory": 5, "moved_out": 2, "deceased": 1}
IN_NEXT_MONTH, IN_MONTH_BEFORE = (0.08, 0.1)
"""Renewals paid in the second month of their window, and before their first month."""

PHONE_CARD, PHONE_TN, PHONE_ELSE = (0.75, 0.88, 0.45)
PHONE_SHARED, PHONE_DEAD = (0.30, 0.12)
PHONE_PREFIXES = {
    **{
        "096": 9,
        "097": 9,
        "098": 10,
        "086": 5,
        "032": 3,
        "033": 4,
        "034": 4,
        "035": 4,
        "036": 4,
        "037": 4,
    },
    **{
        "038": 4,
        "039": 4,
        "091": 7,
        "094": 5,
        "088": 3,
        "081": 2,
        "082": 2,
        "083": 2,
        "084": 2,
        "085": 2,
    },
    **{"090": 5, "093": 4, "089": 2, "070": 1, "076": 1, "077": 1, "078": 1, "079": 1},
    **{"092": 1, "056": 1, "058": 1, "099": 0.5, "059": 0.5, "087": 0.5},
}

COLLECTORS = (6, 10)
"""In a commune of today; the top fifth bring 60 %."""
COLLECTOR_STEEPNESS = 1.55
CHANNELS = {"post": 60, "other_agent": 28, "agency": 12}
ONLINE = 0.04
BOOK_LEAVES = 50
RETURNED, NOT_REMITTED = (0.008, 0.002)

BUSINESS_OWNERS = 0.05
"""Rows of the list of business households, of all people."""
BUSINESS_TWICE, BUSINESS_STRANGERS = (0.02, 0.06)
BUSINESS_DECLARING = 0.2

FAULTS = {
    "no_diacritics": 0.06,
    "tone_place": 0.03,
    "d_for_đ": 0.015,
    "thi_dropped": 0.02,
    "day_month_swapped": 0.01,
    "year_only": 0.08,
    "zero_lost": 0.15,
    "old_commune": 0.20,
    "wrong_mark": 0.01,
    "telex": 0.004,
    "vni": 0.002,
    "name_order": 0.008,
    "phone_of_2018": 0.02,
}
"""Fractions of rows; `year_only` of the rows of people of 60 and more. The last five are guesses."""

MISSING_IN_LISTS = {"personal_id": 0.05, "si_number": 0.03}
CONTRACT_NUMBERS = {"personal_id": 0.45, "si_number": 0.55}
"""Parts of the rows of ended contracts that carry the number."""
DAY_FORMS = (89, 5, 4, 2)
"""Per cent of dates written 05/03/1990, 5-3-1990, 1990-03-05 and as the serial number of a spreadsheet."""
RECENT_CARD_DAYS, RECENT_PAYER_MONTHS, RECENT_CONTRACT_MONTHS = 90, 12, 12
