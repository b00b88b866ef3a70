"""A string of its own in every personal and sensitive text field, and a line on where it stands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count

from api.examples.canaries import CANARY_FIELDS, Canaries, with_canaries
from api.examples.generated import generate
from api.examples.municipality import ExampleMunicipality

SMALL = {"municipalities": 2, "citizens": 8, "employers": 10, "orders": 12}


def numbered() -> Canaries:
    numbers = count()
    return Canaries(make=lambda: f"canary-{next(numbers):05}-end")


def fields(one: ExampleMunicipality) -> Iterator[tuple[str, str, str, str]]:
    rows = {
        "citizen": one.citizens,
        "employer": one.employers,
        "job_order": one.job_orders,
    }
    for kind, names in CANARY_FIELDS.items():
        for row in rows[kind]:
            for name in names:
                yield f"{kind}.{name}", row.id, row.municipality, getattr(row, name)


def test_every_field_carries_the_string_that_its_line_names(on: date):
    canaries = numbered()
    made = list(generate(7, **SMALL, on=on, canary=canaries))
    lines = {(line.field, line.id, line.municipality): line.canary for line in canaries.lines}
    found = {key: text for one in made for *key_parts, text in fields(one) for key in [tuple(key_parts)]}
    assert set(lines) == set(found)
    assert all(text.endswith(lines[key]) for key, text in found.items())


def test_no_string_is_given_out_twice(on: date):
    canaries = numbered()
    list(generate(7, **SMALL, on=on, canary=canaries))
    given = [line.canary for line in canaries.lines]
    assert len(set(given)) == len(given) == 2 * (8 + 3 * 10 + 2 * 12)


def test_without_canaries_no_field_carries_one(on: date):
    assert not [text for one in generate(7, **SMALL, on=on) for *_, text in fields(one) if "canary" in text]


def test_nothing_but_those_fields_is_changed(written: dict[str, ExampleMunicipality]):
    plain = written["0661"]
    marked = with_canaries(plain, numbered())
    assert marked.citizens != plain.citizens
    assert (
        replace(
            marked,
            citizens=tuple(
                replace(row, name=was.name) for row, was in zip(marked.citizens, plain.citizens, strict=True)
            ),
            employers=plain.employers,
            job_orders=tuple(
                replace(row, text=was.text, times_text=was.times_text)
                for row, was in zip(marked.job_orders, plain.job_orders, strict=True)
            ),
        )
        == plain
    )
    assert [row.demands for row in marked.employers] == [row.demands for row in plain.employers]


def test_the_words_before_the_string_are_kept(written: dict[str, ExampleMunicipality]):
    plain = written["0370"]
    marked = with_canaries(plain, numbered())
    for was, row in zip(plain.job_orders, marked.job_orders, strict=True):
        assert row.text.startswith(f"{was.text} canary-")
