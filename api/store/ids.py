"""Ids: opaque to everybody else, in the order they were made, so that new rows stand together on the disk."""

import secrets
import threading
import time

_RANDOM_BITS, _STEP_BITS = 80, 64
_turn = threading.Lock()
_last = 0


def new_id() -> str:
    """32 hexadecimal digits: the millisecond, then 80 random bits that nobody can guess.

    In a process each is greater than the one before. Where no later millisecond has come, since two are made
    at once or the clock was set back, it is a random step of 64 bits on: rows stand as they were made.
    """
    global _last
    with _turn:
        millisecond = time.time_ns() // 1_000_000
        if millisecond > _last >> _RANDOM_BITS:
            _last = (millisecond << _RANDOM_BITS) + secrets.randbits(_RANDOM_BITS)
        else:
            _last += 1 + secrets.randbits(_STEP_BITS)
        return f"{_last:032x}"
