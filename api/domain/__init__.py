"""Frozen types and rules of the desk; no SQL, no HTTP."""
