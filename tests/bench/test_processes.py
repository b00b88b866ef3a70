"""What a program has used is told with what it has started."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.processes import cpu_ms, most_mb, processes

# each reckons for longer than the ticks that Linux counts in
STARTS_ANOTHER = """
import subprocess, sys
sum(range(3_000_000))
busy = "sum(range(3_000_000)); print('done', flush=True); input()"
subprocess.run([sys.executable, "-c", busy])
"""


@pytest.mark.skipif(not Path("/proc").exists(), reason="only Linux tells")
def test_what_a_process_has_started_counts_with_it() -> None:
    begun = [sys.executable, "-c", STARTS_ANOTHER]
    with subprocess.Popen(begun, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        assert program.stdout.readline() == "done\n"
        first, second = processes(program.pid)
        assert first == program.pid
        assert cpu_ms(first) > cpu_ms(second) > 0
        assert most_mb(first) > most_mb(second) > 0
        program.communicate("\n")


def test_a_process_that_has_started_none_is_alone() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, text=True) as program:
        assert processes(program.pid) == (program.pid,)
        program.communicate("\n")
