"""Ids: opaque to everybody else, in the order they were made, so that new rows stand together on the disk."""

import secrets
import time


def new_id() -> str:
    """32 hexadecimal digits: the millisecond, then 80 random bits that nobody can guess."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"
