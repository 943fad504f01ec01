"""Parts of a publication written by a second process, so that two cores share the work.

The process is forked: it sees the redacted records without their being copied or sent. Where there is no fork (or on macOS, where forking after
threads is not safe) and in small cases one process writes everything; the files are the same.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from witnessmark.errors import WitnessmarkError
from witnessmark.publish.bundle import Done, Files, write_files

WORTH_IT = 5_000
"""Incidents from which on a second process saves more time than its start takes."""


def worth_it(incidents: int) -> bool:
    """Is there a second core, a way to use it, and enough to do?"""
    able = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return able and incidents >= WORTH_IT and len(os.sched_getaffinity(0)) > 1


@dataclass(frozen=True, slots=True)
class Beside:
    """Files that another process is writing."""

    process: Any
    answers: Connection

    def wait(self) -> Iterable[tuple[str, Done]]:
        """The files, when all of them are written.

        Raises:
            WitnessmarkError: what the other process raised.
            OSError: when it could not write, or ended before it was done.
        """
        try:
            answer = self.answers.recv()
        except EOFError as error:
            raise OSError("the process that wrote the tables ended before it was done") from error
        finally:
            self.process.join()
        if isinstance(answer, BaseException):
            raise answer
        return list(answer.items())

    def stop(self) -> None:
        """End the other process, if it is still at work."""
        if self.process.is_alive():
            self.process.terminate()
            self.process.join()


def begin(folder: Path, files: Files) -> Beside:
    """Start writing ``files`` into ``folder``."""
    context = multiprocessing.get_context("fork")
    answers, tell = context.Pipe(duplex=False)
    process = context.Process(target=_write, args=(folder, files, tell), daemon=True)
    process.start()
    tell.close()
    return Beside(process, answers)


def _write(folder: Path, files: Files, tell: Connection) -> None:
    try:
        tell.send(write_files(folder, files))
    except (OSError, WitnessmarkError) as error:
        tell.send(error)
    finally:
        tell.close()
