import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.unbroken import unbroken

KEPT = ["22-11-2026", "25-11", "9-12", "8.30-11.30", "13.00–14.30", "10-19", "+45 00 12 34 56"]
LET_BE = [
    "22",
    "citizen-0370-05",
    "0370-05-citizen",
    "4700 Næstved",
    "−26",
    "01a204e5cfb5501158399",
    "+45 00 12 34",
]


@pytest.mark.parametrize("whole", KEPT)
def test_what_is_read_as_one_thing_has_an_element_of_its_own(whole):
    assert unbroken(f"<p>Ring {whole}.</p>") == f'<p>Ring <span class="unbroken">{whole}</span>.</p>'


@pytest.mark.parametrize("text", LET_BE)
def test_other_words_and_figures_stay_as_they_are(text):
    assert unbroken(f"<p>{text}</p>") == f"<p>{text}</p>"


@pytest.mark.parametrize("part", ["title", "textarea", "option", "script", "style", "code", "pre"])
def test_what_holds_plain_text_holds_no_element(part):
    html = f"<{part} lang=da>fra 22-11-2026\ntil +45 00 12 34 56</{part}>"
    assert unbroken(html) == html


def test_attributes_and_remarks_are_no_text():
    html = '<input value="22-11-2026" aria-label="Ring +45 00 12 34 56"><!-- 9-12 <b>10-11</b> -->'
    assert unbroken(html) == html


@given(st.lists(st.sampled_from([*KEPT, *LET_BE, "<p>", "</p>", '<a title="9-12">', "&lt;", " ", ", "])))
def test_nothing_is_added_but_the_element(parts):
    html = "".join(parts)
    bare = unbroken(html).replace('<span class="unbroken">', "").replace("</span>", "")
    assert bare == html
