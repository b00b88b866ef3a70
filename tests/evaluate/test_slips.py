"""A slip is put in by hand of chance, and nothing else is changed."""

from hypothesis import given
from hypothesis import strategies as st

from tests.evaluate.slips import with_slip


@given(st.text(max_size=60), st.integers(0, 99))
def test_a_slip_swaps_two_neighbours_or_changes_nothing(text: str, seed: int) -> None:
    slipped = with_slip(text, seed)
    changed = [at for at, pair in enumerate(zip(text, slipped, strict=True)) if pair[0] != pair[1]]
    assert changed in ([], [*range(changed[0], changed[0] + 2)] if changed else [])
    assert sorted(slipped) == sorted(text)


def test_only_long_words_are_mistyped_and_never_their_first_letter() -> None:
    assert with_slip("Luge bede ved muren", 1) == "Luge bede ved muren"
    slipped = {with_slip("Vi skal gøre rengøring", seed) for seed in range(50)}
    assert len(slipped) > 3
    assert all(each.startswith("Vi skal gøre r") for each in slipped)


def test_the_same_seed_makes_the_same_slip() -> None:
    assert with_slip("Vinduespudsning i stuen", 4) == with_slip("Vinduespudsning i stuen", 4)
    assert with_slip("Vinduespudsning i stuen", 4) != "Vinduespudsning i stuen"
