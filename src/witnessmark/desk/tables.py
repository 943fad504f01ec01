"""The tables of a case on disk: the newest with their index, whether newer ones have come, and computing them anew beside the desk."""

from __future__ import annotations

from witnessmark.archive import CaseFolder
from witnessmark.desk import index
from witnessmark.desk.edition import Moment
from witnessmark.desk.renewal import Renewal
from witnessmark.desk.store import Store
from witnessmark.engines import Manifest, read_manifest
from witnessmark.errors import CaseError
from witnessmark.review import Standings


class Tables:
    """``renewal`` is the computation that was started last; None again when its tables are shown or nobody needs to hear of it."""

    def __init__(self, folder: CaseFolder, *, writable: bool, tell: index.Tell) -> None:
        self._folder = folder
        self._writable = writable
        self._tell = tell
        self._stamp = (0, 0, 0)
        self.renewal: Renewal | None = None

    def newest(self) -> Moment:
        """The newest tables, without decisions yet; their index is made first where it is missing or of another version.

        Raises:
            CaseError: WM005 when nothing was computed yet, WM307 when the index would have to be made and cannot.
        """
        self._stamp = self._manifest_stamp()
        manifest = read_manifest(self._folder)
        if manifest is None:
            raise CaseError("WM005", "nothing was read to its end yet", origin=str(self._folder.root))
        if not index.is_current(self._folder, manifest):
            if not self._writable:
                self._folder.require()
                raise CaseError("WM307", "the desk has to make its index first", origin=str(self._folder.root))
            index.build(self._folder, manifest, self._tell)
        return Moment(Store(index.path_of(self._folder)), manifest.snapshot, Standings())

    def newer(self, shown: str) -> Manifest | None:
        """The manifest of tables that came after the snapshot ``shown`` and are ready; None when there are none. A computation of somebody else
        (``witnessmark read``) is noticed, and its index made in a process of its own."""
        if self._manifest_stamp() == self._stamp:
            return None
        found = read_manifest(self._folder)
        if found is None or found.snapshot == shown:
            self._stamp = self._manifest_stamp()
            return None
        if index.is_current(self._folder, found):
            return found
        if self._writable and (self.renewal is None or not (self.renewal.running or self.renewal.code)):
            self.renewal = Renewal.start(self._folder.root, index_only=True)
        return None

    def renew(self, actor: str) -> Renewal:
        """Start to compute anew in a process of its own; what runs already is given again."""
        if self.renewal is None or not self.renewal.running:
            self.renewal = Renewal.start(self._folder.root, actor=actor)
        return self.renewal

    def index(self, manifest: Manifest) -> None:
        """Make the index of ``manifest`` while the caller waits."""
        index.build(self._folder, manifest, self._tell)

    def _manifest_stamp(self) -> tuple[int, int, int]:
        try:
            found = self._folder.manifest.stat()
        except FileNotFoundError:
            return 0, 0, 0
        return found.st_ino, found.st_mtime_ns, found.st_size
