"""The chain of a result, each step with its day: agreed → collected → remitted → accepted → delivered."""

from dataclasses import dataclass

from vandong.accounts.queries.scope import Actor
from vandong.outreach.results.span import Span, asked, rows

# A claim of several people (a hall's list) is no chain: nobody's receipt can prove it.
_CHAIN = """
WITH agreed AS (
    SELECT claim.id, claim.person_id, claim.claimed_on, claim.state, claim.confirmed_on, receipt.collected_on,
        receipt.remitted_on, receipt.accepted_on, receipt.delivered_on,
        CASE WHEN claim.aim IN ('join_si', 'renew_si') THEN 'bhxh_tn' ELSE 'bhyt_hgd' END AS scheme
    FROM contacts_claim claim
    LEFT JOIN registry_receipt receipt ON receipt.id = claim.receipt_id
    WHERE claim.person_id IS NOT NULL AND claim.claimed_on BETWEEN %(first_on)s AND %(last_on)s
        AND (%(units)s::bigint[] IS NULL OR claim.unit_id = ANY(%(units)s))
)
SELECT count(*), count(*) FILTER (WHERE confirmed_on IS NOT NULL), count(remitted_on), count(accepted_on),
    count(delivered_on), count(*) FILTER (WHERE state = 'rejected'),
    count(*) FILTER (WHERE state = 'claimed' AND EXISTS (
        SELECT FROM registry_receipt returned
        WHERE returned.person_id = agreed.person_id AND returned.scheme = agreed.scheme
            AND returned.returned_on IS NOT NULL AND returned.collected_on >= agreed.claimed_on
    )),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY collected_on - claimed_on),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY remitted_on - collected_on),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY accepted_on - remitted_on),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY delivered_on - accepted_on)
FROM agreed
"""


@dataclass(frozen=True, slots=True)
class Chain:
    """People who agreed in the span, and how far each has come by now. `collected`: a receipt or an official
    list stands. `returned`: the file came back and waits. `rejected`: struck by the office.

    Days are medians from the step before, of those who came that far; None where nobody did.
    """

    agreed: int
    collected: int
    remitted: int
    accepted: int
    delivered: int
    rejected: int
    returned: int
    days_to_collect: int | None
    days_to_remit: int | None
    days_to_accept: int | None
    days_to_deliver: int | None


def result_chain(actor: Actor, span: Span) -> Chain:
    """How far those who agreed in the span have come. One query. Raises NotAllowed."""
    [found] = rows(_CHAIN, asked(actor, span))
    return Chain(*found)
