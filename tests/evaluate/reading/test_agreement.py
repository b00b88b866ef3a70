import pytest

from matching.vocabulary import Activity, Answer, Demand, Setting
from tests.evaluate.reading.agreement import FIELDS, cohen_kappa, compare, differences, main
from tests.evaluate.reading.labels import FIRST, Label, read_labels, read_texts


@pytest.fixture(scope="module")
def first():
    return read_labels(FIRST, read_texts())


def labels(*mains, demands=None):
    told = enumerate(mains)
    return {f"s{n}": Label(f"s{n}", one, Setting.UNKNOWN, demands=demands or {}) for n, one in told}


def of_field(agreements, name):
    return next(one for one in agreements if one.field == name)


def test_kappa_of_a_textbook_table_is_the_textbooks():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed .70, by chance .50
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)


def test_kappa_is_below_nothing_for_two_who_always_differ_and_unknown_when_nobody_could():
    assert cohen_kappa(["yes", "no"], ["no", "yes"]) == -1
    assert cohen_kappa(["yes", "yes"], ["yes", "yes"]) is None


def test_labels_agree_wholly_with_themselves(first):
    assert {one.share for one in compare(first, first)} == {1.0}
    assert {one.share_said for one in compare(first, first)} == {1.0}
    assert [one.kappa for one in compare(first, first)] == pytest.approx([1.0] * len(FIELDS))


def test_silence_of_both_agrees_but_is_not_counted_among_what_is_said():
    one = labels(Activity.GREEN, Activity.SHOP, None, None)
    other = labels(Activity.GREEN, None, None, None)
    main_activity = of_field(compare(one, other), "main")
    assert (main_activity.share, main_activity.said, main_activity.share_said) == (0.75, 2, 0.5)
    assert of_field(compare(one, other), "demands.noise").share_said is None


def test_an_answer_differs_from_its_opposite_and_from_silence():
    yes, no = (labels(Activity.SHOP, demands={Demand.NOISE: answer}) for answer in (Answer.YES, Answer.NO))
    silent = labels(Activity.SHOP)
    for one, other in ((yes, no), (yes, silent), (silent, no)):
        assert of_field(compare(one, other), "demands.noise").agreed == 0
    assert differences(yes, no, "demands.noise") == {"s0": (Answer.YES, Answer.NO)}
    assert differences(yes, no, "main") == {}


def test_labels_of_different_texts_are_not_compared():
    with pytest.raises(ValueError, match="different texts"):
        compare(labels(None), labels(None, None))


def test_without_a_second_labeller_it_tells_what_the_first_says(capsys, tmp_path):
    main([str(FIRST), str(tmp_path / "nobody.jsonl")])
    told = capsys.readouterr().out
    assert "there is no nobody.jsonl yet" in told
    assert "demands.clean_record" in told


def test_with_two_labellers_it_tells_their_agreement_and_where_they_differ(capsys, tmp_path, first):
    lines = FIRST.read_text(encoding="utf-8").splitlines(keepends=True)
    one, *rest = lines
    assert '"main": "cleaning"' in one
    (tmp_path / "second.jsonl").write_text(
        one.replace('"cleaning"', '"shop"') + "".join(rest), encoding="utf-8"
    )
    main([str(FIRST), str(tmp_path / "second.jsonl"), "--differences", "main"])
    told = capsys.readouterr().out
    assert f"{len(first)} texts labelled twice" in told
    assert "cleaning / shop" in told
