"""What a list of files that the agency sent back says: which payment each of them is about. Nothing is written.

What the list says of a person is not taken over: that something in it is wrong is why it came back. Leaves
`plan_return`; rows of nobody known, and of people without a payment that could have been sent back, are not
certain.
"""

from io import BytesIO

import polars as pl
from django.db import connection

from vandong.intake.person_plan import drop_tables

_TABLE = """
CREATE TEMPORARY TABLE plan_return (batch_row bigint, receipt_id bigint, returned_on date, reason text)
ON COMMIT DROP
"""
_TOLD = (
    "CREATE TEMPORARY TABLE return_told (row bigint, returned_on date, reason text) ON COMMIT DROP"
)
# The payment of that number; where no number is told, the last one before it came back that is not settled yet.
_FOUND = """
INSERT INTO plan_return
SELECT DISTINCT ON (told.row) told.row, receipt.id, told.returned_on, told.reason
FROM return_told told
JOIN incoming staged USING (row)
JOIN incoming_match judged USING (row)
JOIN registry_receipt receipt ON receipt.person_id = judged.person_id
    AND receipt.collected_on <= told.returned_on
    AND (receipt.accepted_on IS NULL OR receipt.returned_on IS NOT NULL)
    AND (staged.scheme = '' OR receipt.scheme = staged.scheme)
    AND (staged.receipt_number = '' OR (receipt.number = staged.receipt_number
        AND (staged.receipt_book = '' OR receipt.book = staged.receipt_book)))
WHERE judged.certainty = 'same'
ORDER BY told.row, receipt.collected_on DESC, receipt.id DESC
"""
_UNKNOWN = """
UPDATE incoming_match SET certainty = 'ambiguous', reason = 'returned_unknown', who = NULL
WHERE certainty = 'new'
"""
_UNPAID = """
UPDATE incoming_match judged SET certainty = 'ambiguous', reason = 'returned_unpaid', who = NULL
FROM return_told told
WHERE told.row = judged.row AND judged.certainty = 'same'
    AND NOT EXISTS (SELECT FROM plan_return plan WHERE plan.batch_row = told.row)
"""
# Two rows of the file about one payment are one return.
_ONCE = """
DELETE FROM plan_return plan USING plan_return earlier
WHERE earlier.receipt_id = plan.receipt_id AND earlier.batch_row < plan.batch_row
"""
_SAME = """
DELETE FROM plan_return plan USING registry_receipt known
WHERE known.id = plan.receipt_id AND known.returned_on = plan.returned_on
    AND known.return_reason = plan.reason
"""
# The rest of the row is not looked at by the plans of people, spells and receipts.
_QUIET = """
UPDATE incoming SET full_name = '', phone = '', scheme = '', listed_group = '', est_name = '',
    est_tax_code = '', collected_on = NULL
WHERE row IN (SELECT row FROM incoming_match WHERE certainty = 'same')
"""


def plan_no_returns() -> None:
    """For lists that tell of no files sent back."""
    drop_tables(("plan_return",))
    _run(_TABLE)


def plan_returns(frame: pl.DataFrame) -> None:
    """Works out the payments of a staged and matched list of files sent back; before all other plans."""
    plan_no_returns()
    drop_tables(("return_told",))
    _run(_TOLD)
    told = frame.filter(pl.col("return_reason") != "").select("row", "returned_on", "return_reason")
    out = BytesIO()
    told.write_csv(out, include_header=False)
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY return_told FROM STDIN (FORMAT csv)") as copy,
    ):
        copy.write(out.getvalue())
    for sql in (_FOUND, _UNKNOWN, _UNPAID, _ONCE, _SAME, _QUIET):
        _run(sql)


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
