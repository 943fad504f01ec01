"""Spark, when it is asked for: the session, work spread over documents, and SQL over Arrow tables.

The libraries are an extra (``pip install 'witnessmark[spark]'``) and need Java; both are looked for only when this engine is chosen. Without
``WITNESSMARK_SPARK_MASTER`` Spark runs inside this machine, on loopback, with as many threads as there are workers.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from witnessmark.errors import UsageError

MASTER = "WITNESSMARK_SPARK_MASTER"
"""Environment variable that names a cluster (``spark://...``, ``yarn``, ``k8s://...``); every machine of it must see the case folder under one path."""

_WAVE = 32
"""Items that one slot is given in a wave. A wave is what a kill loses and what the driver holds at once (some 12 kB for each result)."""
_PARTS = 4
"""Partitions for each slot of a wave: a slot that met long documents leaves the rest to others."""
_LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.ui.enabled": "false",
}
_ALWAYS = {"spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false", "spark.sql.session.timeZone": "UTC"}


@dataclass(frozen=True, slots=True)
class Spark:
    """A session of its own temporary views. ``slots`` is how many tasks run at once."""

    session: Any
    slots: int
    _kept: list[Any] = field(default_factory=list)

    def spread(self, work: Callable[[bytes], bytes], items: Sequence[bytes]) -> Iterator[list[bytes] | str]:
        """``work`` on each of ``items``, wave by wave and in order (see :meth:`waves`); for a wave that Spark gave up, what it said.

        ``work`` must be picklable and importable on the other machines. While one wave is taken in here the next is under way.
        """
        with ThreadPoolExecutor(1) as pool:
            running = None
            for wave in self.waves(items):
                following = pool.submit(self._wave, work, wave)
                if running is not None:
                    yield running.result()
                running = following
            if running is not None:
                yield running.result()

    def waves(self, items: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """``items`` cut into the waves in which :meth:`spread` gives them back."""
        return _cut(items, max(1, self.slots * _WAVE))

    def _wave(self, work: Callable[[bytes], bytes], wave: Sequence[bytes]) -> list[bytes] | str:
        import pyarrow as pa

        given = pa.table({"n": pa.array(range(len(wave)), pa.int64()), "item": pa.array(wave, pa.binary())})
        try:
            frame = self.session.createDataFrame(given).repartition(min(len(wave), self.slots * _PARTS))
            found = frame.mapInArrow(_Each(work), "n long, body binary").toArrow().sort_by("n")
        except _failures() as error:
            return str(error).splitlines()[0]
        bodies: list[bytes] = found["body"].to_pylist()
        return bodies

    def put(self, name: str, table: Any) -> None:
        """Make the Arrow ``table`` known to SQL as ``name``."""
        self.session.createDataFrame(table).createOrReplaceTempView(name)

    def make(self, name: str, select: str) -> None:
        """Make what ``select`` gives known as ``name``; it is computed once."""
        frame = self.session.sql(select).persist()
        frame.createOrReplaceTempView(name)
        self._kept.append(frame)

    def columns(self, select: str) -> dict[str, list[Any]]:
        """The columns that ``select`` gives, None where nothing is stated."""
        found = self.session.sql(select).toArrow()
        return {name: found[name].to_pylist() for name in found.column_names}

    def drop(self) -> None:
        """Free what :meth:`make` keeps."""
        for frame in self._kept:
            frame.unpersist()
        self._kept.clear()


@dataclass(frozen=True, slots=True)
class _Each:
    """What Spark runs on the batches of one partition: results one by one, so that no machine holds more than one of them twice."""

    work: Callable[[bytes], bytes]

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        for batch in batches:
            for number, item in zip(batch["n"], batch["item"], strict=True):
                body = self.work(item.as_py())
                yield pa.RecordBatch.from_arrays([pa.array([number.as_py()], pa.int64()), pa.array([body], pa.binary())], ["n", "body"])


@contextmanager
def spark(*, workers: int = 1) -> Iterator[Spark]:
    """Spark for the time of one task. A session that is there already is used and left running; another is made and stopped at the end.

    Raises:
        UsageError: WM007 when PySpark is not installed, WM034 when there is no Java or Spark does not start.
    """
    sql = _library()
    active = sql.SparkSession.getActiveSession()
    session = active or _begin(sql, workers)
    begun = Spark(session.newSession(), int(session.sparkContext.defaultParallelism))
    try:
        yield begun
    finally:
        begun.drop()
        if active is None:
            session.stop()


def _library() -> Any:
    try:
        import pandas  # noqa: F401 - PySpark asks for it when work is spread
        import pyspark.sql
    except ImportError as error:
        raise UsageError("WM007", f"{error.name}: pip install 'witnessmark[spark]'") from error
    return pyspark.sql


def _begin(sql: Any, workers: int) -> Any:
    _require_java()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    master = os.environ.get(MASTER, "")
    settings = dict(_ALWAYS)
    if not master:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings |= _LOCAL | {"spark.sql.shuffle.partitions": str(2 * workers)}
    builder = sql.SparkSession.builder.appName("witnessmark").master(master or f"local[{workers}]")
    try:
        return builder.config(map=settings).getOrCreate()
    except _failures() as error:
        raise UsageError("WM034", str(error).splitlines()[0]) from error


def _require_java() -> None:
    """Look for Java where Spark will: its own message is a stack trace."""
    home = os.environ.get("JAVA_HOME")
    if home and not (Path(home) / "bin" / "java").is_file():
        raise UsageError("WM034", f"JAVA_HOME is {home}, where there is no bin/java")
    if not home and shutil.which("java") is None:
        raise UsageError("WM034", "no java on the path, and JAVA_HOME is not set")


def _failures() -> tuple[type[Exception], ...]:
    """What PySpark raises when a task, a statement or its Java process fails."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return PySparkException, Py4JError


def _cut(items: Sequence[Any], size: int) -> Iterator[tuple[Any, ...]]:
    return (tuple(items[at : at + size]) for at in range(0, len(items), size))
