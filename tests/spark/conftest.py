"""A real Spark on this machine. Where it cannot be had, the tests of this folder say so in one line and are skipped."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

_LIGHT = (
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Dspark.sql.codegen.wholeStage=false",
    "-Dspark.sql.codegen.factoryMode=NO_CODEGEN",
    "-Dspark.sql.adaptive.enabled=false",
)
"""Compile little: a statement over a few hundred rows is over before it pays."""


def _absent() -> str:
    if find_spec("pyspark") is None:
        return "PySpark is not installed: make setup-spark"
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and os.path.isfile(f"{home}/bin/java")):
        return "there is no Java: install default-jre-headless"
    return ""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The one line."""
    if absent := _absent():
        terminalreporter.write_line(f"tests of Spark skipped: {absent}")


@pytest.fixture(scope="session")
def spark() -> Iterator[None]:
    """One session for all tests; what is tested finds it running."""
    if absent := _absent():
        pytest.skip(absent)
    from witnessmark.engines.spark import spark

    os.environ["SPARK_SUBMIT_OPTS"] = " ".join(_LIGHT)
    with spark(workers=1):
        yield
    del os.environ["SPARK_SUBMIT_OPTS"]
