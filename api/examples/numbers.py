"""Company, workplace and telephone numbers of the right form that belong to nobody.

A CVR number is eight digits whose weighted sum is divisible by 11. Numbers in use begin with 1 to 4 today, so
everything here begins with 9. P-numbers in use begin with 10, here with 19. No Danish telephone number begins
with 00.
"""

from collections.abc import Iterator
from itertools import count

WEIGHTS = (2, 7, 6, 5, 4, 3, 2)


def cvr_number(body: int) -> str | None:
    """The CVR number of seven digits and their check digit; None for the one in eleven that has no digit."""
    digits = f"{body:07}"
    check = -sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11
    return None if check == 10 else f"{digits}{check}"


def cvr_numbers(first_body: int) -> Iterator[str]:
    """CVR numbers without end, from the first body on."""
    return (number for body in count(first_body) if (number := cvr_number(body)))


def p_number(serial: int) -> str:
    """A P-number of ten digits for a serial number below 100,000,000."""
    return f"19{serial:08}"


def phone_number(serial: int) -> str:
    """A telephone number that reaches nobody; the last six digits tell it from others."""
    last = f"{serial % 1_000_000:06}"
    return f"+45 00 {last[:2]} {last[2:4]} {last[4:]}"
