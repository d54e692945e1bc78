"""A holder leaves, moves or is away: the days to come beside them are found, and others are proposed at once."""

from django.db import transaction

from trellis.domains.mentoring import notices
from trellis.domains.mentoring.actions.proposing import ask_for_replacements, drop_proposal, find_plan
from trellis.domains.mentoring.models import MentorshipDay, PlanProposal
from trellis.domains.mentoring.queries.needs import days_upset, open_proposals
from trellis.domains.people.models import Person, RoleGrant
from trellis.kit.notices.notify import notify


def propose_replacements(*, holder_id: int, actor: Person | None = None) -> PlanProposal | None:
    """A proposal for the days beside the holder that cannot be, unless one for just these waits already.

    An open one for other days is dropped: it would replace too few or too many. Learners hear that a day will
    change, the academy that a proposal waits. Stopped before the plan was found, the next call finds it.
    """
    with transaction.atomic():
        holder = Person.objects.get_queryset().select_for_update().get(pk=holder_id)
        upset = list(days_upset().filter(holder=holder).select_related("learner").order_by("on", "id"))
        waiting = open_proposals().filter(source=f"replace:{holder_id}")
        if upset and (same := _for_these(waiting.first(), upset)):
            return find_plan(same.pk)
        for old in waiting:
            drop_proposal(proposal=old, actor=actor)
        if not upset:
            return None
        proposal = ask_for_replacements(holder=holder, days=upset, actor=actor).proposal
        if proposal is None:
            return None
        _tell(holder, upset, proposal)
    return find_plan(proposal.pk)


def forget_holder(*, holder_id: int) -> None:
    """The name of who is erased goes out of the proposals that replaced them."""
    PlanProposal.objects.filter(source=f"replace:{holder_id}").update(name="—", names={})


def _for_these(proposal: PlanProposal | None, upset: list[MentorshipDay]) -> PlanProposal | None:
    if proposal is None:
        return None
    wanted = sorted(proposal.people.values_list("learner_id", "days"))
    counted: dict[int, int] = {}
    for day in upset:
        counted[day.learner_id] = counted.get(day.learner_id, 0) + 1
    return proposal if wanted == sorted(counted.items()) else None


def _tell(holder: Person, upset: list[MentorshipDay], proposal: PlanProposal) -> None:
    for day in upset:
        notify(
            person_ids=[day.learner_id],
            kind=notices.UPSET.code,
            key=f"upset:{day.pk}",
            params={"holder": holder.name, "day": day.on},
            link="/mentorship-days/",
        )
    academy = RoleGrant.objects.in_force().filter(role=RoleGrant.Role.ACADEMY, unit=None).exclude(person=holder)
    notify(
        person_ids=list(academy.values_list("person_id", flat=True).distinct()),
        kind=notices.REPLACING.code,
        key=f"replacing:{proposal.pk}",
        params={"holder": holder.name, "days": len(upset)},
        link=f"/mentorship-days/plans/{proposal.pk}/",
    )
