"""What follows when a list has changed the register: its figures are counted, claims are held against it."""

from datetime import date, datetime

from vandong.accounts.queries.scope import Actor
from vandong.intake.lists import FollowUp
from vandong.outreach.proving import enqueue_claims
from vandong.planning.register_figures import enqueue_register_figures


def following(actor: Actor, at: datetime) -> FollowUp:
    """Enqueues both in the transaction of the list: they come if it stands, and only then."""

    def follow(changed_from: date) -> None:
        enqueue_register_figures(actor, changed_from, at)
        enqueue_claims(actor, at)

    return follow
