"""A real Spark on this machine. Where it cannot be had, the tests of this folder say so in one line and are skipped."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec

import pytest


def _absent() -> str:
    if find_spec("pyspark") is None:
        return "PySpark is not installed: make setup-spark"
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and os.path.isfile(f"{home}/bin/java")):
        return "there is no Java: install default-jre-headless"
    return ""


@pytest.fixture(scope="session")
def spark() -> Iterator[None]:
    """One session for all tests; what is tested finds it running. Java compiles lightly: the tests are over before thorough compiling pays."""
    if absent := _absent():
        pytest.skip(absent)
    from witnessmark.engines.spark import spark

    os.environ["SPARK_SUBMIT_OPTS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    with spark(workers=1):
        yield
    del os.environ["SPARK_SUBMIT_OPTS"]
