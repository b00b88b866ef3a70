"""A form of a page as somebody had filled it in, with what is wrong beside each field.

It works on the finished page, so that every form of every page comes back in the same way and none has to be
written for it. What is put into the page is escaped; a password never comes back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import accumulate

Typed = Mapping[str, Sequence[str]]
"""Field name to what was sent under it, in the order of the form."""

Attributes = dict[str, str | None]
_CHOSEN = ("radio", "checkbox")
_LEFT = ("password", "file", "submit", "button", "image", "reset")
_MARK = "refused-"


@dataclass(frozen=True, slots=True)
class Refilled:
    """The page again; `places` are the ids of what the faults stand beside, by field."""

    html: str
    places: Mapping[str, str]


@dataclass
class _Control:
    """A field where it stands: its start tag, what is between its tags, and what is folded around it."""

    tag: str
    attributes: Attributes
    start: int
    end: int
    folded: tuple[int, ...]
    legend: int | None
    inner: tuple[int, int] | None = None
    after: int = 0
    options: list["_Control"] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attributes.get("name") or ""

    @property
    def kind(self) -> str:
        return self.attributes.get("type") or "text" if self.tag == "input" else self.tag


@dataclass
class _Form:
    """A form with its fields and every address that it is sent to."""

    targets: set[str]
    controls: list[_Control] = field(default_factory=list)

    def likeness(self, typed: Typed, wrong: Iterable[str]) -> tuple[int, int]:
        """How surely it is the one that was sent: its faulty fields, and its hidden values."""
        names = {control.name for control in self.controls}
        hidden = (one for one in self.controls if one.kind == "hidden")
        same = sum(one.attributes.get("value") in typed.get(one.name, ()) for one in hidden)
        return len(names & set(wrong)), same


class _Page(HTMLParser):
    """Where the forms of a page and their fields stand."""

    def __init__(self, html: str) -> None:
        super().__init__()
        # the parser knows of no other line break
        self._lines = (0, *accumulate(len(line) + 1 for line in html.split("\n")))
        self.forms: list[_Form] = []
        self.details: dict[int, tuple[int, Attributes]] = {}
        self._form: _Form | None = None
        self._control: _Control | None = None
        self._folded: list[int] = []
        self._legend: int | None = None
        self.feed(html)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start, attributes = self._at(), dict(attrs)
        end = start + len(self.get_starttag_text() or "")
        if tag == "details":
            self.details[start] = (end, attributes)
            self._folded.append(start)
        elif tag == "fieldset":
            self._legend = None
        elif tag == "form":
            self._form = _Form({attributes.get("action") or ""})
            self.forms.append(self._form)
        elif self._form and tag in ("input", "select", "textarea", "button", "option"):
            control = _Control(tag, attributes, start, end, tuple(self._folded), self._legend, after=end)
            self._keep(control)

    def _keep(self, control: _Control) -> None:
        assert self._form
        if control.tag == "option":
            if self._control:
                self._control.options.append(control)
            return
        if control.tag == "button":
            self._form.targets.add(control.attributes.get("formaction") or "")
        self._form.controls.append(control)
        self._control = control

    def handle_endtag(self, tag: str) -> None:
        at = self._at()
        end = at + len(tag) + 3
        if tag == "details" and self._folded:
            self._folded.pop()
        elif tag == "legend":
            self._legend = end
        elif tag == "form":
            self._form = None
        elif self._control and tag == self._control.tag:
            self._control.inner, self._control.after = (self._control.end, at), end


def refilled(html: str, sent_to: str, typed: Typed, wrong: Mapping[str, str]) -> Refilled:
    """The page with its form for `sent_to` filled in with `typed`, and `wrong` beside the fields at fault.

    Without such a form, the page as it is.
    """
    page = _Page(html)
    forms = [form for form in page.forms if sent_to in form.targets]
    if not forms:
        return Refilled(html, {})
    form = max(forms, key=lambda one: one.likeness(typed, wrong))
    left = {name: list(values) for name, values in typed.items()}
    edits: list[tuple[int, int, str]] = []
    places: dict[str, str] = {}
    for control in form.controls:
        if control.kind not in _LEFT and control.tag != "button":
            edits += _filled(control, left, wrong.get(control.name, ""), places)
    folded = {at for one in form.controls if one.name in wrong for at in one.folded}
    edits += [_opened(at, *page.details[at]) for at in folded]
    return Refilled(_edited(html, edits), places)


def _filled(
    control: _Control, left: dict[str, list[str]], wrong: str, places: dict[str, str]
) -> Iterable[tuple[int, int, str]]:
    attributes, values = dict(control.attributes), left.get(control.name, [])
    if control.kind in _CHOSEN:
        attributes.pop("checked", None)
        if (control.attributes.get("value") or "on") in values:
            attributes["checked"] = None
    elif control.tag == "input" and values:
        attributes["value"] = values.pop(0)
    elif control.tag == "textarea" and control.inner and values:
        # a line break right behind the tag is no part of the text
        yield (*control.inner, "\n" + escape(values.pop(0)))
    elif control.tag == "select" and values:
        yield from _selected(control, values.pop(0))
    if wrong and control.name not in places and control.kind != "hidden":
        yield from _marked(control, attributes, wrong, places)
    if attributes != control.attributes:
        yield control.start, control.end, _tag(control.tag, attributes)


def _selected(control: _Control, value: str) -> Iterable[tuple[int, int, str]]:
    chosen = [one for one in control.options if one.attributes.get("value") == value]
    for option in control.options if chosen else ():
        attributes = {name: told for name, told in option.attributes.items() if name != "selected"}
        if option in chosen:
            attributes["selected"] = None
        yield option.start, option.end, _tag("option", attributes)


def _marked(
    control: _Control, attributes: Attributes, wrong: str, places: dict[str, str]
) -> Iterable[tuple[int, int, str]]:
    """The fault behind its field, or behind what a group of choices is about."""
    mark = _MARK + control.name
    among = control.kind in _CHOSEN
    at = control.legend if among and control.legend else control.after
    if not among:
        described = " ".join(filter(None, (mark, attributes.get("aria-describedby"))))
        attributes |= {"aria-invalid": "true", "aria-describedby": described}
    places[control.name] = (not among and attributes.get("id")) or mark
    yield at, at, f'<span class="form-error-message" id="{escape(mark)}">{escape(wrong)}</span>'


def _opened(start: int, end: int, attributes: Attributes) -> tuple[int, int, str]:
    return start, end, _tag("details", {**attributes, "open": None})


def _tag(tag: str, attributes: Attributes) -> str:
    told = (name if value is None else f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{' '.join((tag, *told))}>"


def _edited(html: str, edits: Iterable[tuple[int, int, str]]) -> str:
    for start, end, text in sorted(edits, reverse=True):
        html = html[:start] + text + html[end:]
    return html
