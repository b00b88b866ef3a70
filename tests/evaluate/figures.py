"""A measured figure beside its target, and how a row of them is shown."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from rich import box
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """What was measured; `at_least` and `at_most` are its target, none of them where it is only reported."""

    name: str
    value: float
    at_least: float | None = None
    at_most: float | None = None
    percent: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.at_least is None and self.at_most is None:
            return None
        above = self.at_least is None or self.value >= self.at_least
        below = self.at_most is None or self.value <= self.at_most
        return bool(above and below)

    @property
    def target(self) -> str:
        """The target in words."""
        bounds = (("at least", self.at_least), ("at most", self.at_most))
        return " and ".join(f"{word} {self._said(bound)}" for word, bound in bounds if bound is not None)

    @property
    def said(self) -> str:
        """The value as it is shown."""
        return self._said(self.value)

    def _said(self, value: float) -> str:
        if self.percent:
            return f"{100 * value:.1f} %"
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:.3f}"


@dataclass(frozen=True)
class Section:
    """Figures about one thing, with what has to be known to read them."""

    title: str
    figures: tuple[Figure, ...]
    note: str = ""

    def to_json(self) -> dict[str, object]:
        """The section as data."""
        rows = [asdict(figure) | {"value": float(figure.value), "met": figure.met} for figure in self.figures]
        return {"title": self.title, "note": self.note, "figures": rows}


def show(sections: Iterable[Section], console: Console) -> None:
    """Print each section as a table."""
    words = {True: "met", False: "MISSED", None: ""}
    for section in sections:
        table = Table(title=section.title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column("", min_width=52)
        table.add_column("measured", justify="right", min_width=9)
        table.add_column("target", min_width=17)
        table.add_column("", min_width=6)
        for figure in section.figures:
            table.add_row(figure.name, figure.said, figure.target, words[figure.met])
        console.print(table)
        if section.note:
            console.print(section.note, style="dim")
        console.print()
