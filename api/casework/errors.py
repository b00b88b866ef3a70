"""What casework turns away; every one is a `Refused`, and the edge tells them apart by their class."""

from collections.abc import Mapping
from datetime import date

from api.domain.contacts import ContactLimit, WhyResting
from api.domain.moves import ProposalState, state_word
from geo.errors import N_, Refused


class NotYourWork(Refused):
    """A citizen of the own municipality in detail, without being the caller's work and without a reason."""

    def __init__(self, citizen_id: str, *, nobodys: bool = False) -> None:
        """The way out is to say why the citizen has to be seen; `nobodys` when nobody works with them."""
        self.nobodys = nobodys
        problem = N_("This citizen is not your work.")
        remedy = N_("Say why you have to look: POST /api/v1/citizens/{value}/access-requests with a reason.")
        super().__init__("citizen", problem, remedy, value=citizen_id)


class RegisteredOtherwise(Refused):
    """A registration under an id that something else was registered under, by whomever."""

    def __init__(self) -> None:
        """Whose it is, is not said."""
        problem = N_("This form was sent before, and with something else in it.")
        remedy = N_("Look through it: sent once more, it registers a citizen of its own.")
        super().__init__("name", problem, remedy)


class NotAsRegistered(Refused):
    """A citizen of whom there is more by now than the caller has registered: the registration stands."""

    def __init__(self, citizen_id: str) -> None:
        """The way out is to have the citizen erased; pages say it themselves."""
        problem = N_("There is more of this citizen by now than you have registered.")
        remedy = N_("Ask a coordinator, who has whoever runs the service erase the citizen {value}.")
        super().__init__("citizen", problem, remedy, value=citizen_id)


class Unassignable(Refused):
    """Somebody whose work a citizen cannot become."""

    def __init__(self, user_id: str) -> None:
        """Unknown, disabled and foreign users are the same, and those whose role sees no citizen."""
        problem = N_("There is no user {value!r} whose work this could be.")
        super().__init__("user_id", problem, N_("Choose a user of your municipality."), value=user_id)


class AlreadyProposed(Refused):
    """A pair that has been suggested and waits for its answer, or has been agreed on."""

    def __init__(self, proposal_id: str) -> None:
        """The way out is the suggestion that is there."""
        problem = N_("This citizen is suggested for this job order already, or has got it.")
        super().__init__("citizen_id", problem, N_("Record what came of that one first."), value=proposal_id)


class OrderWithdrawn(Refused):
    """A job order that was sent back because its employer has withdrawn it: nobody is suggested for it."""

    def __init__(self, order_id: str) -> None:
        """The way out is the employer's: to want it after all."""
        problem = N_("The employer has withdrawn this job order.")
        remedy = N_("Open it again first, if the employer wants it after all.")
        super().__init__("order_id", problem, remedy, value=order_id)


class NoPlaceLeft(Refused):
    """A job order that nobody can be suggested for any more."""

    def __init__(self, order_id: str) -> None:
        """The way out is a person's: more places, or opening it again."""
        problem = N_("The job order has no place left, or is filled or ended.")
        super().__init__("order_id", problem, N_("Open it again with at least one place."), value=order_id)


class ReferenceTaken(Refused):
    """A reference that another job order of the municipality has."""

    def __init__(self, order_id: str) -> None:
        """The way out is the order that is there."""
        problem = N_("The job order {value} has this reference already.")
        remedy = N_("Change that one instead, or give this one a reference of its own.")
        super().__init__("reference", problem, remedy, value=order_id)


class PausedAlready(Refused):
    """A clock that stands still already."""

    def __init__(self, since: date) -> None:
        """The way out is to let it run, or to leave it."""
        problem = N_("The deadline has stood still since {since}.")
        remedy = N_("Let it run again first, if there is a new reason.")
        super().__init__("state", problem, remedy, since=since)


class NotAccepted(Refused):
    """A first day of work for what nobody has said yes to."""

    def __init__(self, state: ProposalState) -> None:
        """The way out is the yes."""
        problem = N_("Nobody has said yes to it: it is {state}.")
        super().__init__("outcome", problem, N_("Record the yes first."), state=state_word(state))


class NothingToTakeBack(Refused):
    """A move of a proposal that is not, or not any more, to be taken back."""

    FIELD = "outcome"

    def __init__(self, problem: str, remedy: str = N_("Record what came of it instead."), **facts: object):
        """`problem` says why."""
        super().__init__(self.FIELD, problem, remedy, **facts)


class NotCandidate(Refused):
    """A citizen who cannot be suggested now; why is not said, as it may not be the caller's to know."""

    def __init__(self, citizen_id: str) -> None:
        """Whose work the citizen is can change it."""
        problem = N_("The citizen {value} is not ready for work now.")
        remedy = N_("Ask those whose work the citizen is.")
        super().__init__("citizen_id", problem, remedy, value=citizen_id)


class ContactLimitReached(Refused):
    """A day on which an employer is to be left alone: by the municipality's limit, or as it asked itself."""

    def __init__(self, limit: ContactLimit, next_free_on: date, why: WhyResting) -> None:
        """`next_free_on` is the first working day on which one more contact is possible."""
        self.next_free_on, self.why = next_free_on, why
        problem = N_("This employer is contacted at most {most} times in {window_days} days.")
        if limit.most == 1:
            problem = N_("This employer is contacted at most once in {window_days} days.")
        problem = _LEFT_ALONE.get(why, problem)
        remedy = N_("The next free day is {free}. Choose it, or say in `reason` why it cannot wait.")
        facts = {"most": limit.most, "window_days": limit.window_days, "free": next_free_on}
        super().__init__("on", problem, remedy, **facts)


_LEFT_ALONE: Mapping[WhyResting, str] = {
    WhyResting.EMPLOYER_ASKED: N_("This employer has asked to be left alone until a later day."),
    WhyResting.NOT_ANSWERED: N_("Nobody answered at this employer on that day."),
}
