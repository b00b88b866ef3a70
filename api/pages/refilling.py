"""A form of a page as somebody had filled it in, with what is wrong behind each field.

It works on the finished page, so that every form of every page comes back in the same way and none has to be
written for it. What is put into the page is escaped; a password never comes back.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser
from itertools import accumulate

Typed = Mapping[str, Sequence[str]]
"""Field name to what was sent under it, in the order of the form."""

Attributes = dict[str, str | None]
Edit = tuple[int, int, str]
"""From where to where of the page, and what stands there instead."""

_AROUND = ("form", "details", "fieldset", "legend", "label", "select", "textarea")
_WITHIN = ("input", "option", "button")
_CHOSEN = {"radio": "checked", "checkbox": "checked", "option": "selected"}
_TAG = re.compile("<[^>]*>")
_UNTYPED = ("password", "file", "submit", "button", "image", "reset")


@dataclass(frozen=True, slots=True)
class Refilled:
    """The page again; by field, `places` are the ids of what the faults stand beside, `labels` its name."""

    html: str
    places: Mapping[str, str]
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class _Element:
    """An element: its tag from `start` to `end`, all of it up to `after`, and what is `around` it."""

    tag: str
    attributes: Attributes
    start: int
    end: int
    after: int
    around: tuple["_Element", ...]

    @property
    def kind(self) -> str:
        return self.attributes.get("type") or "text" if self.tag == "input" else self.tag

    @property
    def name(self) -> str:
        """Under which it is sent; an option is a value of the list it stands in."""
        return (self.around[-1] if self.tag == "option" else self).attributes.get("name") or ""

    @property
    def target(self) -> str | None:
        """Where it sends the form that it is, or stands in."""
        return self.attributes.get("action" if self.tag == "form" else "formaction")

    def edited(self, attributes: Attributes) -> Edit:
        """The same with other attributes."""
        told = (name if value is None else f'{name}="{escape(value)}"' for name, value in attributes.items())
        return self.start, self.end, f"<{' '.join((self.tag, *told))}>"


class _Page(HTMLParser):
    """The elements of forms, and what is folded around them, in the order of the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        # the parser knows of no other line break
        self._lines = (0, *accumulate(len(line) + 1 for line in html.split("\n")))
        self._open: list[_Element] = []
        self.elements: list[_Element] = []
        self.feed(html)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _AROUND or tag in _WITHIN:
            start = self._at()
            end = start + len(self.get_starttag_text() or "")
            self.elements.append(_Element(tag, dict(attrs), start, end, end, tuple(self._open)))
        if tag in _AROUND:
            self._open.append(self.elements[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag in _AROUND and any(one.tag == tag for one in self._open):
            while (closed := self._open.pop()).tag != tag:
                pass
            closed.after = self._at() + len(f"</{tag}>")


def refilled(html: str, sent_to: str, typed: Typed, wrong: Mapping[str, str]) -> Refilled:
    """The page with its form for `sent_to` filled in with `typed`, and `wrong` behind the fields at fault.

    Without such a form, the page as it is.
    """
    elements = _Page(html).elements
    forms = [[form, *(one for one in elements if form in one.around)] for form in _of(elements, "form")]
    there = [form for form in forms if sent_to in {one.target for one in form}]
    if not there:
        return Refilled(html, {})
    form = max(there, key=lambda one: _likeness(one, typed, wrong))
    # of the fields that share a name the first is blamed
    blamed = {one.name: one for one in reversed(form) if one.name in wrong and _is_seen(one)}
    folds = {fold for one in form if one.name in wrong for fold in _of(one.around, "details")}
    edits = [
        *_filled(form, typed, blamed.values()),
        *(_fault(elements, one, wrong[name]) for name, one in blamed.items()),
        *(fold.edited({**fold.attributes, "open": None}) for fold in folds),
    ]
    labels = {name: _label(html, elements, one) for name, one in blamed.items()}
    for start, end, text in sorted(edits, reverse=True):
        html = html[:start] + text + html[end:]
    return Refilled(html, {name: _place(one) for name, one in blamed.items()}, labels)


def _of(elements: Iterable[_Element], tag: str) -> list[_Element]:
    return [one for one in elements if one.tag == tag]


def _is_seen(one: _Element) -> bool:
    return one.tag in ("input", "select", "textarea") and one.kind not in ("hidden", "submit")


def _likeness(form: Iterable[_Element], typed: Typed, wrong: Mapping[str, str]) -> tuple[int, int]:
    """How surely it is the form that was sent: its faulty fields, and its hidden values."""
    hidden = [one for one in form if one.kind == "hidden"]
    same = sum(one.attributes.get("value") in typed.get(one.name, ()) for one in hidden)
    return len({one.name for one in form} & wrong.keys()), same


def _filled(form: Iterable[_Element], typed: Typed, blamed: Collection[_Element]) -> Iterator[Edit]:
    left = {name: list(values) for name, values in typed.items()}
    for one in form:
        told = _as_typed(one, left)
        if one in blamed and one.kind not in _CHOSEN:
            described = " ".join(filter(None, (told.get("aria-describedby"), _mark(one))))
            told |= {"aria-invalid": "true", "aria-describedby": described}
        if told != one.attributes:
            yield one.edited(told)
        if one.tag == "textarea" and left.get(one.name):
            # a line break right behind the tag is no part of the text
            yield one.end, one.after - len("</textarea>"), "\n" + escape(left[one.name].pop(0))


def _as_typed(one: _Element, left: dict[str, list[str]]) -> Attributes:
    told, values = dict(one.attributes), left.get(one.name, [])
    if one.kind in ("radio", "checkbox") or (one.kind == "option" and values):
        told.pop(_CHOSEN[one.kind], None)
        if told.get("value", "on") in values:
            told[_CHOSEN[one.kind]] = None
    elif one.tag == "input" and one.kind not in _UNTYPED and values:
        told["value"] = values.pop(0)
    return told


def _mark(one: _Element) -> str:
    return f"refused-{one.name}"


def _place(one: _Element) -> str:
    return (one.kind not in _CHOSEN and one.attributes.get("id")) or _mark(one)


def _about(elements: Iterable[_Element], one: _Element) -> list[_Element]:
    """The legend of the choices that a choice belongs to."""
    group = _of(one.around, "fieldset")[-1:] if one.kind in _CHOSEN else []
    return [legend for legend in _of(elements, "legend") if group and group[0] in legend.around]


def _label(html: str, elements: Iterable[_Element], one: _Element) -> str:
    """What a field is called on the page; "" where it has no label."""
    key = one.attributes.get("id")
    named = [label for label in _of(elements, "label") if key and label.attributes.get("for") == key]
    for label in _about(elements, one) or named:
        return " ".join(unescape(_TAG.sub("", html[label.end : label.after])).split())
    return one.attributes.get("aria-label") or ""


def _fault(elements: Iterable[_Element], one: _Element, wrong: str) -> Edit:
    """What is wrong, behind the field, or behind what a group of choices is about."""
    at = (_about(elements, one) or [one])[0].after
    return at, at, f'<span class="form-error-message" id="{escape(_mark(one))}">{escape(wrong)}</span>'
