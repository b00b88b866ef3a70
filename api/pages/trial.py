"""A list that is tried out: the citizen comes in another way, or for longer, than they have said.

Nothing of it is kept. Wherever such a list is read it says so, beside what the citizen has said.
"""

from dataclasses import dataclass

from api.pages.shortlist_view import View
from api.routes.language import Translate
from geo.errors import N_
from matching.citizens import Citizen, Needs
from matching.language import Speech


@dataclass(frozen=True, slots=True)
class Trial:
    """How the citizen would come, and how they have said that they do."""

    tried: Needs
    said: Needs

    def told(self, speech: Speech, translate: Translate) -> str:
        """Both in two sentences."""
        message = translate(N_("Trial: {tried}. The citizen has said: {said}."))
        return message.format(
            tried=_way(self.tried, speech, translate), said=_way(self.said, speech, translate)
        )


def trial_of(view: View, tried: Needs, said: Needs) -> Trial | None:
    """The trial that a view is, None where the list goes by what the citizen has said."""
    asked = view.mode or view.max_minutes
    other = (tried.mode, tried.max_minutes) != (said.mode, said.max_minutes)
    return Trial(tried, said) if asked and other else None


def start_of(place: str, citizen: Citizen, trial: Trial | None, speech: Speech, translate: Translate) -> str:
    """The place where the way starts and how the citizen comes, in a line; a trial beside what was said."""
    if trial:
        start = translate(N_("Start: {place}")).format(place=place)
        return f"{start}. {trial.told(speech, translate)}"
    told = translate(N_("Start: {place}, {mode}")).format(place=place, mode=speech.label(citizen.mode))
    if citizen.max_minutes is None:
        return told
    most = translate(N_(", at most {minutes} min."))
    return told + most.format(minutes=speech.brief(citizen.max_minutes))


def _way(needs: Needs, speech: Speech, translate: Translate) -> str:
    mode = speech.label(needs.mode)
    if needs.max_minutes is None:
        return translate(N_("{mode}, nothing about minutes")).format(mode=mode)
    minutes = speech.brief(needs.max_minutes)
    return translate(N_("{mode}, at most {minutes} minutes")).format(mode=mode, minutes=minutes)
