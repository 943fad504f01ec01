"""The layout of a case folder, its lock and its seal."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from witnessmark.archive.files import sync_folder, write_atomic
from witnessmark.errors import CaseError, IntegrityError
from witnessmark.ledger.verify import LOCK, Folder, blob_digest, seal_bytes

_UNWRITABLE = frozenset({errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EPERM, errno.EROFS})
"""What the system says when a disk is full, worn out, read-only or not ours. Other errors (a closed terminal) are not of the case."""


@dataclass(frozen=True, slots=True)
class CaseFolder:
    """Where everything of a case lies. ``durable`` is False for throw-away cases, which are never flushed to disk."""

    root: Path
    durable: bool = True

    @property
    def ledger(self) -> Path:
        """The append-only log."""
        return self.root / "ledger.sqlite"

    @property
    def work(self) -> Path:
        """Results by input, kept for resuming."""
        return self.root / "work.sqlite"

    @property
    def computed(self) -> Path:
        """What computing keeps, so that the next computation costs no more than what changed."""
        return self.root / "computed.sqlite"

    @property
    def blobs(self) -> Path:
        """The originals."""
        return self.root / "blobs"

    @property
    def tables(self) -> Path:
        """Snapshots, one folder each."""
        return self.root / "tables"

    @property
    def manifest(self) -> Path:
        """What names the current snapshot."""
        return self.root / "manifest.json"

    @property
    def seal(self) -> Path:
        """Size and hash of every file, there only while nobody writes."""
        return self.root / "seal.json"

    @property
    def aside(self) -> Path:
        """Files that are not finished; emptied when a run begins."""
        return self.root / "tmp"

    def require(self) -> None:
        """Make sure that there is a case.

        Raises:
            CaseError: WM005 when there is none.
        """
        if not self.ledger.is_file():
            raise CaseError("WM005", origin=str(self.root))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the case for one run; the seal is broken at the start and made anew only after a clean end.

        Where others only append meanwhile (a desk that is open), the run goes on beside them, and the last to leave makes the seal. A run that is
        killed beside them leaves no seal behind.

        Raises:
            CaseError: WM305 when another run holds it, WM307 when the folder cannot be written.
            IntegrityError: WM302, WM310, WM312 when ledger, seal or working store are not what was sealed: what was changed outside
                must not be sealed as if it were ours. Originals are checked when they are read, tables are made anew.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.root / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise CaseError("WM307", str(error), origin=str(self.root)) from error
        try:
            _lock(handle, self.root)
        except CaseError:
            with self._beside(handle):
                yield
            return
        try:
            self._drop_changed(self._check_seal())
            self.unseal()
            shutil.rmtree(self.aside, ignore_errors=True)
            yield
            self.make_seal()
        except OSError as error:
            raise self._told(error) from error
        finally:
            os.close(handle)

    @contextmanager
    def _beside(self, handle: int) -> Iterator[None]:
        """The one run beside those that append. The mark of a whole case is taken away for as long as it writes."""
        running = -1
        try:
            _lock(handle, self.root, shared=True)
            self.aside.mkdir(exist_ok=True)
            running = os.open(self.aside / "run.lock", os.O_RDWR | os.O_CREAT, 0o644)
            _lock(running, self.root)
            if self.seal.exists():  # somebody is just opening the case and still holds its files against the seal
                raise CaseError("WM305", origin=str(self.root))
            self._seal_aside.unlink(missing_ok=True)
            if self.durable:
                sync_folder(self.aside)
            yield
            self._seal_aside.touch()
        except OSError as error:
            raise self._told(error) from error
        finally:
            if running >= 0:
                os.close(running)
            self._leave(handle)

    def _told(self, error: OSError) -> OSError | CaseError:
        """``error`` as what it means for the case; errors that are not of the case stay what they are."""
        return CaseError("WM307", str(error), origin=str(self.root)) if error.errno in _UNWRITABLE else error

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold a finished case so that nobody writes meanwhile; nothing in it is touched.

        Raises:
            CaseError: WM005 when there is no case, WM305 when a process writes to it, WM309 when its last run did not end.
            IntegrityError: WM302, WM310, WM312 as in :meth:`writing`.
        """
        self.require()
        if not self.seal.exists():
            raise CaseError("WM309", origin=str(self.root))
        handle = os.open(self.root / LOCK, os.O_RDONLY)
        try:
            _lock(handle, self.root, shared=True)
            self._check_seal()
            yield
        finally:
            os.close(handle)

    @contextmanager
    def appending(self) -> Iterator[None]:
        """Hold the case for one of several processes that only append to the ledger (decisions) or write beside the tables.

        Nothing here may touch originals, tables or the working store: a run that comes meanwhile writes them beside us. The seal is broken at
        the start; the last process to leave makes it anew.

        Raises:
            CaseError: WM305 when a run was there first, WM307 when the folder cannot be written.
            IntegrityError: WM302, WM310, WM312 as in :meth:`writing`.
        """
        try:
            handle = os.open(self.root / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise CaseError("WM307", str(error), origin=str(self.root)) from error
        try:
            _lock(handle, self.root, shared=True, patience=PATIENCE)
            self._drop_changed(self._check_seal())  # a run that comes beside us finds no seal to hold it against
            self._put_seal_aside()
            yield
        finally:
            self._leave(handle)

    @property
    def _seal_aside(self) -> Path:
        """The broken seal, kept while processes append: it says that the case was whole when the first of them came, even if that one is
        killed. After an interrupted run there is none, and the case stays unsealed (WM309) until a run ends."""
        return self.aside / "appending.json"

    def _put_seal_aside(self) -> None:
        self.aside.mkdir(exist_ok=True)
        try:
            self.seal.replace(self._seal_aside)
        except FileNotFoundError:
            return  # another process was here before, or the case was not sealed
        if self.durable:
            sync_folder(self.root)

    def _leave(self, handle: int) -> None:
        """Seal the case if it was sealed before and no other process still appends (that one seals it then). Give up the lock in any case."""
        try:
            _lock(handle, self.root)
            if self._seal_aside.exists():
                self.make_seal()
        except CaseError:
            pass
        except OSError as error:
            raise self._told(error) from error
        finally:
            os.close(handle)

    def _check_seal(self) -> frozenset[str]:
        """Hold what can be read only once against the seal; gives the names of those files of the others that were changed."""
        if not self.seal.exists():
            return frozenset()
        try:
            files = json.loads(self.seal.read_bytes())["files"]
            sealed = {path: files.get(path.name, [0, ""])[1] for path in (self.ledger, self.work, self.computed) if path.exists()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise IntegrityError("WM310", str(error), origin=str(self.seal)) from error
        folder = Folder(self.root, listed=False)
        with _hashing(folder, [path.name for path in sealed]):
            pass
        changed = frozenset(path.name for path, digest in sealed.items() if folder.digest(path.name) != digest)
        for path, code in ((self.ledger, "WM302"), (self.work, "WM312")):
            if path.name in changed:
                raise IntegrityError(code, "changed since it was sealed", origin=str(path))
        return changed

    def _drop_changed(self, changed: frozenset[str]) -> None:
        """Remove what computing kept if it is not what was sealed: everything in it can be computed again."""
        if self.computed.name in changed:
            self.computed.unlink(missing_ok=True)

    def unseal(self) -> None:
        """Remove the seal; what follows is a change of the case."""
        if self.seal.exists():
            self.seal.unlink()
            if self.durable:
                sync_folder(self.root)

    def make_seal(self) -> None:
        """Write down size and SHA-256 of every file of the case, as ``verify`` expects it."""
        shutil.rmtree(self.aside, ignore_errors=True)
        folder = Folder(self.root)
        # An original has to be what its name says, so that its hash is known: one that is not is found against the seal, too.
        ours = (self.seal.name, LOCK)
        said = {n: blob_digest(n) for n in folder.files if n not in ours}
        # There are as many originals as captures: a path object for each would cost more than asking for its size.
        root = os.fspath(self.root)
        with _hashing(folder, [n for n, digest in said.items() if not digest]):
            sizes = {n: os.stat(f"{root}/{n}").st_size for n in said}
        files = {n: [sizes[n], digest or folder.digest(n)] for n, digest in said.items()}
        write_atomic(self.seal, seal_bytes({"format": 1, "files": files}), aside=self.aside, durable=self.durable)
        self.aside.rmdir()


@contextmanager
def _hashing(folder: Folder, names: Iterable[str]) -> Iterator[None]:
    """Hash these files of ``folder`` meanwhile, several at a time: hashing holds no lock of the interpreter."""
    with ThreadPoolExecutor() as pool:
        hashed = pool.map(folder.digest, names)
        yield
        for _ in hashed:
            pass


PATIENCE = 5.0
"""Seconds that one waits who comes to append: whoever leaves last holds the case alone while it is sealed, 3 s with 100,000 documents."""


def _lock(handle: int, root: Path, *, shared: bool = False, patience: float = 0.0) -> None:
    """Take the lock that the system drops when the process dies, however it dies; waits for it ``patience`` seconds. Windows has no ``shared`` one: there it
    is exclusive."""
    until = time.monotonic() + patience
    while not _locked(handle, shared=shared):
        if time.monotonic() >= until:
            raise CaseError("WM305", origin=str(root))
        time.sleep(0.02)


def _locked(handle: int, *, shared: bool) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
