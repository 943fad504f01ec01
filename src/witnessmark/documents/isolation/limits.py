"""What a parser may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParserLimits:
    """``memory`` in bytes of address space, ``cpu`` and ``wall`` in seconds for one document, ``result`` in bytes.

    1 GB and 30 s are the promise of the threat list: a hostile document costs no more, and never another document.
    """

    memory: int = 1_000_000_000
    cpu: int = 30
    wall: float = 60.0
    result: int = 64_000_000


def apply_to_process(limits: ParserLimits) -> None:
    """Sets the limits that hold for the whole life of this process. A no-op where the system has none (Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def allow_cpu(seconds: int) -> None:
    """Lets this process use ``seconds`` more of processor time before the kernel ends it."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 1 + seconds, resource.RLIM_INFINITY))
