"""Shortlists and candidates against the slow judge of `judge.py`: whatever a list says of a pair."""

from collections import Counter
from collections.abc import Mapping

import pandas as pd
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from matching import Catalogue, Citizen, JobOrder, Policy, candidates, shortlist
from matching.lists import Ranking
from tests.matching.generated import catalogues, citizens, crowds, orders, policies
from tests.matching.judge import PARTS, Verdict, best_first, judge, load, longest_waiting
from tests.matching.makers import TODAY

LOST = [*(f"lost_{part}" for part in PARTS), "lost_load"]


@given(citizens(), catalogues(), policies, st.sampled_from([0, 1, 3, 20]))
def test_a_shortlist_says_what_the_judge_says(
    citizen: Citizen, listed: list[JobOrder], policy: Policy, k: int
) -> None:
    result = shortlist(citizen, Catalogue.from_orders(listed), k=k, on=TODAY, policy=policy)
    verdicts = {order.id: judge(citizen, order, TODAY, policy) for order in listed}
    by_id = {order.id: order for order in listed}
    event(f"ranked: {sum(verdict.standing == 'ranked' for verdict in verdicts.values()) > 0}")
    agree(
        result,
        verdicts,
        best_first(verdicts, "ranked", lambda name: load(by_id[name])),
        best_first(verdicts, "ask", lambda name: load(by_id[name])),
        {name: citizen for name in by_id},
    )


@given(orders(), crowds(), policies, st.sampled_from([0, 1, 3, 20]))
def test_candidates_are_what_the_judge_says(
    order: JobOrder, people: list[Citizen], policy: Policy, k: int
) -> None:
    result = candidates(order, people, k=k, on=TODAY, policy=policy)
    verdicts = {person.id: judge(person, order, TODAY, policy) for person in people}
    by_id = {person.id: person for person in people}
    agree(
        result,
        verdicts,
        best_first(verdicts, "ranked", lambda name: longest_waiting(by_id[name])),
        best_first(verdicts, "ask", lambda name: longest_waiting(by_id[name])),
        by_id,
    )


def agree(
    result: Ranking,
    verdicts: Mapping[str, Verdict],
    ranked: list[str],
    asked: list[str],
    citizen_of: Mapping[str, Citizen],
) -> None:
    k = result.k
    excluded = sorted(name for name, verdict in verdicts.items() if verdict.standing == "excluded")
    assert list(result.items[result.key]) == ranked[:k]
    assert list(result.items["rank"]) == list(range(1, min(k, len(ranked)) + 1))
    assert result.items_total == len(ranked)
    assert list(result.ask[result.key]) == asked[:k]
    assert result.ask_total == len(asked)
    assert list(result.excluded[result.key]) == excluded
    counts = Counter(verdicts[name].rules[0] for name in excluded)
    assert dict(result.excluded_counts) == dict(counts)
    for row in result.items.to_dict("records"):
        agree_on_item(row, verdicts[row[result.key]], citizen_of[row[result.key]])
    for row in result.ask.to_dict("records"):
        agree_on_question(row, verdicts[row[result.key]])
    for row in result.excluded.to_dict("records"):
        verdict = verdicts[row[result.key]]
        assert (row["rule"], tuple(row["rules"])) == (verdict.rules[0], verdict.rules)
    for name, verdict in verdicts.items():
        agree_on_ledger(result, name, verdict)


def agree_on_item(row: dict[str, object], verdict: Verdict, citizen: Citizen) -> None:
    assert row["score"] == pytest.approx(verdict.score, abs=1e-9)
    assert {name: row[name] for name in LOST} == pytest.approx(dict(verdict.lost), abs=1e-9)
    assert (row["km"], row["minutes"]) == pytest.approx((verdict.km, verdict.minutes), abs=1e-9)
    assert row["anchor"] == str(citizen.anchors[verdict.anchor].kind)


def agree_on_question(row: dict[str, object], verdict: Verdict) -> None:
    assert (row["of"], row["about"]) == verdict.questions[0]
    assert [(str(of), about) for of, about in row["questions"]] == list(verdict.questions)  # type: ignore[attr-defined]
    if verdict.score is None:
        assert pd.isna(row["score_if_answered"])
    else:
        assert row["score_if_answered"] == pytest.approx(verdict.score, abs=1e-9)


def agree_on_ledger(result: Ranking, name: str, verdict: Verdict) -> None:
    ledger = result.explain(name, language="en")
    assert ledger.standing == verdict.standing
    assert ledger.rules == verdict.rules
    assert tuple((str(line.of), line.about) for line in ledger.questions) == verdict.questions
    assert [line.part for line in ledger.parts] == [*PARTS, "load"]
    if verdict.score is None:
        assert ledger.score is ledger.travel.km is ledger.travel.minutes is None
        assert all(line.lost is None and line.value is None for line in ledger.parts)
        return
    assert ledger.score == pytest.approx(verdict.score, abs=1e-9)
    assert [line.lost for line in ledger.parts] == pytest.approx(list(verdict.lost.values()), abs=1e-9)
    assert [line.value for line in ledger.parts[:4]] == pytest.approx(list(verdict.values.values()), abs=1e-9)
