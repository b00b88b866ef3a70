import pytest

from api.exchange.values import Given
from api.exchange.words import Words, nearest_words
from geo import Mode, Refused
from matching.language import Language, speech
from matching.vocabulary import Activity, Demand, Support


def read(text: str, codes: object) -> tuple[object, list[str]]:
    notes: list[str] = []
    given = Given("gladly", text, lambda note, **facts: notes.append(note.format(**facts)))
    return Words(tuple(codes), personal=True).several(given), notes


@pytest.mark.parametrize("kind", [Activity, Demand, Support])
@pytest.mark.parametrize("language", Language)
def test_every_code_is_read_by_its_label_alone_and_among_all_others(kind, language):
    labels = [speech(language).label(code) for code in kind]
    for code, label in zip(kind, labels, strict=True):
        assert read(label, kind) == ((code,), [])
    assert read(", ".join(labels), kind) == (tuple(kind), [])
    assert read(";".join(kind), kind) == (tuple(kind), [])


def test_part_of_a_name_that_is_no_others_is_read_and_told():
    found, notes = read("maskiner", Demand)
    assert found == (Demand.MACHINES,)
    assert notes == ["'maskiner' was read as machines."]


def test_a_word_twice_counts_once_and_nothing_is_nothing():
    assert read("green, Grønt arbejde", Activity) == ((Activity.GREEN,), [])
    assert read(" , ;", Activity) == ((), [])


@pytest.mark.parametrize("text", ["angst", "have", "green og køkken", "arbejde", "skizofreni"])
def test_any_other_word_is_refused_with_the_way_out(text):
    with pytest.raises(Refused) as refused:
        read(text, Activity)
    assert text in refused.value.said()
    assert "never why" in refused.value.said()


def test_a_slip_is_asked_about_and_not_read():
    with pytest.raises(Refused) as refused:
        read("kichen", Activity)
    assert refused.value.facts["near"] == (Activity.KITCHEN,)


def test_all_unknown_words_of_a_cell_are_told_at_once():
    with pytest.raises(Refused) as refused:
        read("kichen, grønt arbejde, havearbejde, skizofreni", Activity)
    assert refused.value.facts["word"] == "kichen, havearbejde, skizofreni"
    assert refused.value.facts["near"] == (Activity.KITCHEN, Activity.GREEN)


@pytest.mark.parametrize(
    ("said", "kind", "near"),
    [
        ("rengøring", Activity, Activity.CLEANING),
        ("lave mad", Activity, Activity.KITCHEN),
        ("larm", Demand, Demand.NOISE),
        ("tunge løft", Demand, Demand.HEAVY_LIFTING),
    ],
)
def test_what_people_say_instead_leads_to_the_word(said, kind, near):
    assert nearest_words(said, tuple(kind)) == (near,)


@pytest.mark.parametrize("said", ["angst", "skizofreni", "depression", "misbrug", "Lego", "x" * 5_000])
def test_a_diagnosis_or_a_toy_is_near_to_nothing(said):
    for kind in (Activity, Demand, Support):
        assert nearest_words(said, tuple(kind)) == ()


def test_one_word_is_read_as_one():
    def given(text):
        return Given("mode", text, lambda *_, **__: None)

    modes = Words(tuple(Mode))
    assert modes.one(given("på cykel")) is Mode.BICYCLE
    assert modes.one(given("")) is None
    with pytest.raises(Refused) as refused:
        modes.one(given("bicycel"))
    assert refused.value.facts["near"] == (Mode.BICYCLE,)
