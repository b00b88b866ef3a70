"""The content policy lets no inline style or script through, so no template and no page may have one."""

import re
from pathlib import Path

import pytest

from api.routes.protection import CONTENT_SECURITY_POLICY
from tests.api.pages.inline import inline_in

TEMPLATES = sorted((Path(__file__).parents[3] / "api" / "pages" / "templates").glob("*.html"))


def test_the_policy_lets_nothing_inline_through():
    assert not re.search("unsafe|nonce|sha\\d", CONTENT_SECURITY_POLICY)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_has_no_inline_style_or_script(template):
    assert inline_in(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "wrong",
    [
        '<p style="color: red">',
        "<a onclick='go()'>",
        "<p\n  onfocus=go>",
        "<style>p {}</style>",
        "<script>go()</script>",
        '<a href="javascript:go()">',
        '<p hx-on:click="go()">',
    ],
)
def test_what_is_inline_is_noticed(wrong):
    assert inline_in(wrong)
