"""What of a page a content policy without `unsafe-inline` would stop."""

import re

INLINE = re.compile(
    r"<[a-z][^>]*?\s(?:style|on[a-z]+|hx-on[\w:.-]*)\s*=|<style\b|<script\b(?![^>]*\ssrc=)|=\s*[\"']?\s*javascript:",
    re.IGNORECASE,
)


def inline_in(html: str) -> list[str]:
    """Each place with something inline, and a little of what follows it."""
    return [html[found.start() : found.end() + 40] for found in INLINE.finditer(html)]
