"""What casework turns away; every one is a `Refused`, and the edge tells them apart by their class."""

from geo.errors import N_, Refused


class NotYourWork(Refused):
    """A citizen of the own municipality in detail, without being the caller's work and without a reason."""

    def __init__(self, citizen_id: str) -> None:
        """The way out is to say why the citizen has to be seen."""
        problem = N_("This citizen is not your work.")
        remedy = N_("Say why you have to look: POST /api/v1/citizens/{value}/access-requests with a reason.")
        super().__init__("citizen", problem, remedy, value=citizen_id)


class Unassignable(Refused):
    """Somebody whose work a citizen cannot become."""

    def __init__(self, user_id: str) -> None:
        """Unknown, disabled and foreign users are the same."""
        problem = N_("There is no user {value!r} whose work this could be.")
        super().__init__("user_id", problem, N_("Choose a user of your municipality."), value=user_id)
