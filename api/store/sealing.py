"""Sensitive text as it lies on the disk: AES-GCM, bound to the column and row it belongs to.

A sealed text is one byte of key id, a nonce of twelve bytes and the cipher text. Its associated data is
table, column and row, so that a text moved to another row or column is refused instead of believed. A column
type cannot see the row it reads, so it hands out `Sealed`, and the store's queries open it with the owner.
"""

import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.orm import InstrumentedAttribute

from api.store.errors import SealBroken, Unstorable

KEY_BYTES = 32
NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Sealed:
    """Text that only the key and its owner open."""

    token: bytes

    @property
    def key_id(self) -> int:
        """The key it was sealed with."""
        return self.token[0] if self.token else 0


class Keyring:
    """The keys of one installation: one to seal with, and all that may still be needed to open."""

    def __init__(self, keys: Mapping[int, bytes], current: int) -> None:
        """`keys` are 32 bytes each, by an id from 1 to 255; `current` is the one to seal with."""
        self.current = current
        # another key than the one that seals, made of it
        self._marks = hmac.digest(keys[current], b"fingerprints", "sha256")
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of all keys, lowest first."""
        return tuple(sorted(self._ciphers))

    def fingerprint(self, *parts: str) -> str:
        """64 hexadecimal digits that stand for the parts; only who has the key can try out which."""
        text = "".join(f"{len(part)}:{part}" for part in parts)
        return hmac.digest(self._marks, text.encode("utf-8", "surrogatepass"), "sha256").hex()

    def seal(self, text: str, column: InstrumentedAttribute[Sealed], *row: str) -> Sealed:
        """Seal `text` for one cell; `row` is the row's primary key."""
        return self.seal_for(owner(column, *row), text, self.current)

    def open(self, sealed: Sealed, column: InstrumentedAttribute[Sealed], *row: str) -> str:
        """The text again; raises `SealBroken` when it was changed or belongs to another cell."""
        return self.open_for(owner(column, *row), sealed)

    def seal_for(self, whose: str, text: str, key_id: int) -> Sealed:
        """Seal for an owner that is not a column of a table, with a key of one's choice.

        Raises `Unstorable` for a text that is no Unicode.
        """
        nonce = os.urandom(NONCE_BYTES)
        try:
            plain, context = text.encode(), whose.encode()
        except UnicodeEncodeError:
            # half of a surrogate pair, as broken JSON may carry one
            raise Unstorable from None
        cipher_text = self._ciphers[key_id].encrypt(nonce, plain, context)
        return Sealed(bytes([key_id]) + nonce + cipher_text)

    def open_for(self, whose: str, sealed: Sealed) -> str:
        """The inverse of `seal_for`; raises `SealBroken` for what was sealed otherwise or elsewhere."""
        cipher = self._ciphers.get(sealed.key_id)
        nonce, cipher_text = sealed.token[1 : 1 + NONCE_BYTES], sealed.token[1 + NONCE_BYTES :]
        if cipher is None or len(nonce) < NONCE_BYTES:
            raise SealBroken(whose)
        try:
            return cipher.decrypt(nonce, cipher_text, whose.encode()).decode()
        except InvalidTag:
            raise SealBroken(whose) from None


def owner(column: InstrumentedAttribute[Sealed], *row: str) -> str:
    """Table, column and row as one text, in which no two cells are the same."""
    # the length of each part keeps ("a/b", "c") and ("a", "b/c") apart
    parts = "".join(f"/{len(part)}:{part}" for part in row)
    return f"{column.class_.__tablename__}.{column.key}{parts}"
