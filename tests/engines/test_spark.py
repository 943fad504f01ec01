"""What is told where Spark cannot be had. Reading and merging on a real one: tests/spark."""

import os
import sys
from pathlib import Path

import pytest

from witnessmark.engines import spark
from witnessmark.errors import UsageError


@pytest.mark.parametrize("library", ["pyspark", "pandas"])
def test_a_missing_library_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    for name in [n for n in sys.modules if n.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    if library == "pandas":
        monkeypatch.setitem(sys.modules, "pyspark.sql", sys)
    with pytest.raises(UsageError, match=r"WM007.*pip install 'witnessmark\[spark\]'"), spark.spark():
        pass


def test_a_missing_java_is_told_with_the_package_that_has_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(UsageError, match=r"WM034.*no bin/java.*default-jre-headless"):
        spark._require_java()
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(UsageError, match=r"WM034.*no java on the path"):
        spark._require_java()
