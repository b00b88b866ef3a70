"""The command line: each command parses, calls casework, and answers as text or JSON."""

from api.cli.main import main

__all__ = ["main"]
