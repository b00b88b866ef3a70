"""How the activity model does on what it was not taught: topics of its corpus, and titles of occupations.

The titles are other people's (ESCO, Danish); which activity an occupation belongs to is our own grouping by
ISCO-08 code and reviewed by nobody. They are never part of what the product learns from.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from matching.reading.activities import LEAST_LIKELY
from matching.reading.corpus import NOTHING, corpus
from matching.reading.model import ActivityModel, activity_model, lexicon_texts
from matching.reading.text import fold
from tests.evaluate.figures import Figure, Section
from tests.evaluate.measures import calibration_error, share

FOLDS = 5

ACTIVITY_OF_ISCO = {
    "4": "office", "4321": "warehouse", "4412": "driving",
    "512": "kitchen", "513": "kitchen", "5151": "cleaning", "5152": "cleaning", "5153": "caretaking",
    "5164": "animals", "52": "shop", "53": "people_support",
    "61": "farming_forestry", "6113": "green", "612": "animals", "62": "farming_forestry", "622": "",
    "71": "building_repair", "72": "machine_work", "723": "vehicles", "73": "crafts",
    "751": "kitchen", "752": "crafts", "753": "laundry_textiles",
    "81": "machine_work", "815": "laundry_textiles", "82": "assembly", "83": "driving", "834": "",
    "91": "cleaning", "9121": "laundry_textiles", "9122": "vehicles",
    "92": "farming_forestry", "9214": "green", "931": "building_repair", "9321": "warehouse",
    "9329": "machine_work", "9331": "driving", "9333": "warehouse", "9334": "shop", "94": "kitchen",
    "961": "recycling", "9613": "outdoor_upkeep", "9621": "driving", "9622": "caretaking",
}  # fmt: skip
"""By the longest beginning of the ISCO-08 code; nothing where the occupation is no such work."""


def topics() -> Section:
    """The corpus with whole topics left out, the lexicon's words kept."""
    texts = [fold(text) for text, _, _ in corpus()]
    wanted = [str(activity or NOTHING) for _, activity, _ in corpus()]
    groups = [topic for _, _, topic in corpus()]
    more_texts, more_wanted = zip(*lexicon_texts(), strict=True)
    guesses = _left_out(texts, wanted, groups, (list(more_texts), list(more_wanted)))
    began = perf_counter()
    activity_model.__wrapped__()
    rows = [*_of_guesses(guesses, wanted), Figure("seconds to fit", perf_counter() - began, at_most=2)]
    note = f"{len(texts)} sentences, {len(set(groups))} topics, {FOLDS} folds by topic."
    return Section("Model alone, topics left out", tuple(rows), note)


def titles(reference_data: Path) -> Iterator[Section]:
    """Danish titles of occupations: the estimator taught with them by concept folds, and ours without."""
    path = reference_data / "classification" / "esco_occupation_labels_da.csv"
    if not path.is_file():
        note = f"No titles at {path.parent}; set FRIKORTMATCH_REFERENCE_DATA to measure on them."
        yield Section("Titles of occupations", (), note)
        return
    texts, wanted, groups = [], [], []
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if activity := _activity_of(row["isco08"]):
                texts.append(fold(row["label_da"]))
                wanted.append(activity)
                groups.append(row["esco_uri"])
    taught = _left_out(texts, wanted, groups, ([], []))
    labels = [max(likely, key=lambda code: likely[code]) for likely in taught]
    ours = activity_model().likely([text.split() for text in texts])
    rows = (
        Figure(
            "taught with them: right",
            share([a == b for a, b in zip(labels, wanted, strict=True)]),
            percent=True,
        ),
        Figure("  macro-F1", float(f1_score(wanted, labels, average="macro"))),
        *_of_guesses(ours, wanted, "ours, not taught with them"),
    )
    yield Section(
        "Titles of occupations", rows, f"{len(texts)} labels of {len(set(groups))} occupations, ESCO 1.0.8."
    )


def _left_out(
    texts: Sequence[str], wanted: Sequence[str], groups: Sequence[str], more: tuple[list[str], list[str]]
) -> list[dict[str, float]]:
    guesses: list[dict[str, float]] = [{} for _ in texts]
    for taught, left in GroupKFold(FOLDS, shuffle=True, random_state=0).split(texts, groups=groups):
        model = ActivityModel().fit(
            [texts[at] for at in taught] + more[0], [wanted[at] for at in taught] + more[1]
        )
        for at, likely in zip(left, model.likely([texts[at].split() for at in left]), strict=True):
            guesses[at] = likely
    return guesses


def _of_guesses(
    guesses: Sequence[dict[str, float]], wanted: Sequence[str], name: str = "all guesses"
) -> Iterator[Figure]:
    best = [max(likely, key=lambda code: likely[code]) for likely in guesses]
    sure = [likely[code] for likely, code in zip(guesses, best, strict=True)]
    right = [guess == meant for guess, meant in zip(best, wanted, strict=True)]
    work = [at for at, meant in enumerate(wanted) if meant != NOTHING]
    given = [at for at in work if best[at] != NOTHING and sure[at] >= LEAST_LIKELY]
    yield Figure(f"{name}: right", share(right), percent=True)
    yield Figure("  answered when sure enough", len(given) / len(work), percent=True)
    yield Figure("  right among those", share([right[at] for at in given]), percent=True)
    yield Figure("  calibration error (ECE)", calibration_error(sure, right))


def _activity_of(code: str) -> str:
    beginnings = (code[:length] for length in range(len(code), 0, -1))
    return next((ACTIVITY_OF_ISCO[start] for start in beginnings if start in ACTIVITY_OF_ISCO), "")
