"""Pictures of a job café: who got which task out of which choices, and who talks with whom at what time."""

from collections import Counter
from collections.abc import Mapping

import matplotlib.pyplot as plt
from drawing import ASK, INK, PALE, PAPER, SCORE, bare, finished, headed, short
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from matching.assignment import Assignment
from matching.placing import Placing
from matching.talks import Talk, TalkPlan


def who_got_what(assignment: Assignment, titles: Mapping[str, str], places: Mapping[str, int]) -> Figure:
    """A row for each citizen, longest waiting first, a column for each task with its places.

    A number says which choice of the citizen the task is; the dark field is what the citizen got, a pale one
    a choice that somebody did not get.
    """
    columns = {order_id: at for at, order_id in enumerate(titles)}
    figure, axes = plt.subplots(figsize=(11, 3.4 + 0.3 * len(assignment.placings)), layout="constrained")
    for row, placing in enumerate(assignment.placings):
        for rank, choice in enumerate(placing.choices, start=1):
            _field(axes, columns[choice.order_id], row, str(rank), rank == placing.rank)
        axes.text(len(columns) - 0.3, row, _got(placing), va="center", color=INK if placing.rank else ASK)
    taken = Counter(assignment.tasks.values())
    told = [f"{title} ({taken[order_id]} af {places[order_id]})" for order_id, title in titles.items()]
    axes.set_xticks(range(len(columns)), told, rotation=50, ha="left", rotation_mode="anchor")
    axes.set_yticks(range(len(assignment.placings)), [short(each.citizen_id) for each in assignment.placings])
    axes.set(xlim=(-0.6, len(columns) + 1.6), ylim=(len(assignment.placings) - 0.4, -0.6))
    headed(figure, "Hvem fik hvilken opgave: tallet er borgerens valg, mørkt er det, der blev givet")
    axes.set_ylabel("borger, den med længst ventetid øverst", loc="top")
    axes.xaxis.tick_top()
    axes.tick_params(top=False)
    bare(axes)
    return finished(figure)


def timetable(
    plan: TalkPlan,
    assignment: Assignment,
    names: Mapping[str, str],
    times: list[str],
    before: TalkPlan | None = None,
) -> Figure:
    """A row for each employer and a column for each slot, with the number of the citizen who comes.

    Dark is a talk about the citizen's own task, pale one beyond it. With the plan `before`, what is new or
    moved has a frame.
    """
    employers = sorted({talk.employer_id for talk in plan.slot_of}, key=lambda each: names[each])
    rows = {employer: row for row, employer in enumerate(employers)}
    own = {(each.citizen_id, each.choice.employer_id) for each in assignment.placings if each.choice}
    figure, axes = plt.subplots(figsize=(11, 1.1 + 0.42 * len(rows)), layout="constrained")
    for talk, slot in plan.slot_of.items():
        row = rows[talk.employer_id]
        _field(axes, slot, row, short(talk.citizen_id), tuple(talk) in own)
        if before and before.slot_of.get(talk) != slot:
            frame = {"fill": False, "edgecolor": ASK, "linewidth": 2.5, "zorder": 3}
            axes.add_patch(Rectangle((slot - 0.46, row - 0.42), 0.92, 0.84, **frame))
    axes.set_xticks(range(plan.slots), times[: plan.slots])
    axes.set_yticks(range(len(rows)), [names[employer] for employer in employers])
    axes.set(xlim=(-0.6, plan.slots - 0.4), ylim=(len(rows) - 0.4, -0.6))
    axes.xaxis.tick_top()
    axes.tick_params(top=False)
    bare(axes)
    headed(figure, "Hvem møder hvilken virksomhed hvornår")
    handles = [Rectangle((0, 0), 1, 1, color=SCORE), Rectangle((0, 0), 1, 1, color=PALE)]
    labels = ["samtale om borgerens egen opgave", "samtale om et af de næste valg"]
    if before:
        handles.append(Rectangle((0, 0), 1, 1, fill=False, edgecolor=ASK, linewidth=2.5))
        labels.append("ny eller flyttet")
    figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False, handlelength=1)
    return finished(figure)


def moved(plan: TalkPlan, before: TalkPlan) -> dict[str, list[Talk]]:
    """What becomes of the talks of a plan: kept, moved to another slot, new, or called off."""
    both = sorted(plan.slot_of.keys() & before.slot_of.keys())
    return {
        "beholdt": [talk for talk in both if plan.slot_of[talk] == before.slot_of[talk]],
        "flyttet": [talk for talk in both if plan.slot_of[talk] != before.slot_of[talk]],
        "ny": sorted(plan.slot_of.keys() - before.slot_of.keys()),
        "aflyst": sorted(before.slot_of.keys() - plan.slot_of.keys()),
    }


def _field(axes: Axes, column: int, row: int, told: str, dark: bool) -> None:
    axes.add_patch(Rectangle((column - 0.46, row - 0.42), 0.92, 0.84, color=SCORE if dark else PALE))
    looks = {"color": PAPER, "weight": "bold"} if dark else {"color": INK}
    axes.text(column, row, told, ha="center", va="center", **looks)


def _got(placing: Placing) -> str:
    if placing.rank:
        return f"{placing.rank}. valg"
    return "ingen plads" if placing.choices else "intet passer"
