"""Fixtures of the tests of `geo`."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from geo import Gazetteer

Rows = Callable[[str], list[dict[str, str]]]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.shipped()


@pytest.fixture(scope="session")
def reference_rows(reference_data: Path) -> Rows:
    """Answers the rows of one of the reference tables of places, as text."""

    def rows(table: str) -> list[dict[str, str]]:
        with (reference_data / "geo" / table).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return rows


@pytest.fixture(scope="session")
def boundaries(reference_data: Path) -> list[tuple[str, list[np.ndarray]]]:
    """The municipalities' codes and the rings of their simplified boundaries, longitude first."""
    text = (reference_data / "geo" / "kommuner_250m.geojson").read_text(encoding="utf-8")
    return [
        (feature["properties"]["kommunekode"], [np.array(ring) for ring in _rings(feature["geometry"])])
        for feature in json.loads(text)["features"]
    ]


def _rings(geometry: dict) -> list:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for polygon in polygons for ring in polygon]
