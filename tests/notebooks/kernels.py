"""A notebook executed as its reader would, but in a folder of its own, offline, with warnings as errors."""

import base64
import importlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import matplotlib
import matplotlib.image
import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from traitlets.config import Config

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
SECONDS = 120

GUARD = """
import socket, warnings

def refuse(*_, **__):
    raise RuntimeError("a notebook reaches for the network")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = socket.getaddrinfo = refuse
warnings.simplefilter("error")
warnings.filterwarnings("ignore", module="ipykernel")
"""
"""Runs before the first cell. The kernel's own sockets are not Python's, and its own warnings not ours."""


def read(path: Path) -> NotebookNode:
    """A notebook as it is committed."""
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


def execute(notebook: NotebookNode, folder: Path, *more: str) -> NotebookNode:
    """The notebook with its outputs, run beside copies of its neighbours; `more` are cells after it.

    Raises `CellExecutionError` for the first cell that fails.
    """
    beside = shutil.copytree(NOTEBOOKS, folder / "notebooks", ignore=shutil.ignore_patterns(".*", "__*"))
    asked = nbformat.from_dict(notebook)
    asked.cells = [new_code_cell(GUARD), *notebook.cells, *map(new_code_cell, more)]
    with _short_folder() as runtime:
        own = {"JUPYTER_RUNTIME_DIR": runtime, "IPYTHONDIR": runtime}
        with mock.patch.dict(os.environ, own):
            NotebookClient(
                asked,
                timeout=SECONDS,
                startup_timeout=SECONDS,
                kernel_name="python3",
                resources={"metadata": {"path": str(beside)}},
                # no port that another worker could take in the same moment
                config=Config({"KernelManager": {"transport": "ipc", "ip": f"{runtime}/kernel"}}),
            ).execute()
    return asked


def beside(name: str) -> ModuleType:
    """A module that stands beside the notebooks, as they import it."""
    matplotlib.use("agg")
    with mock.patch.object(sys, "path", [str(NOTEBOOKS), *sys.path]):
        return importlib.import_module(name)


def outputs(notebook: NotebookNode, cell_id: str) -> dict[str, Any]:
    """What a cell shows, by kind."""
    (cell,) = [cell for cell in notebook.cells if cell.id == cell_id]
    return {kind: data for shown in cell.outputs for kind, data in shown.get("data", {}).items()}


def assert_is_a_picture(png: str) -> None:
    """Large enough to read, and with something on it."""
    pixels = matplotlib.image.imread(io.BytesIO(base64.b64decode(png)), format="png")
    height, width, _ = pixels.shape
    assert (width, height) > (800, 300)
    assert pixels[..., :3].std() > 0.05


@contextmanager
def _short_folder() -> Iterator[str]:
    # the path of a local socket may have about a hundred characters, fewer than pytest's own folders need
    with tempfile.TemporaryDirectory(prefix="nb", ignore_cleanup_errors=True) as folder:
        yield folder
