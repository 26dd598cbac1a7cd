"""What the kernel knows of a server's processes: their CPU time and their memory."""

import os
import time
from pathlib import Path


def tree(pid):
    """The process and everything it has started that still runs."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found.extend(int(child) for child in children.read_text().split())
            except OSError:
                continue  # the thread has just ended
    return found


def cpu_seconds(pid):
    """CPU time of the whole tree, user and system, supervisor and ended threads included.

    Linux gives every process a clock of its CPU time in nanoseconds; its number is made of the
    process's (see clock_getcpuclockid(3), which the standard library lacks).
    """
    total = 0.0
    for process in tree(pid):
        try:
            total += time.clock_gettime((~process << 3) | 2)
        except OSError:
            continue  # it has just ended
    return total


def own_bytes(pid):
    """Memory of the whole tree that no file backs, each shared page counted once."""
    total = 0
    for process in tree(pid):
        sizes = {}
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]:
            name, size = line.split(":")
            sizes[name] = int(size.split()[0]) * 1024
        total += sizes["Pss"] - sizes["Pss_File"]
    return total


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def resident_bytes(pid):
    """Memory of one process that is in RAM, what it shares with others included."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def cpu_seconds_with_ended(pid):
    """CPU time of the tree and of children that have ended, these to a hundredth of a second."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    ended = (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    return cpu_seconds(pid) + ended
