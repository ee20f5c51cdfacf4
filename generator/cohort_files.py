"""Where a cohort's sheets come from: files, folders and archives, read one after the other and never unpacked to disk.

Nothing here is trusted. What cannot be read is handed on with its reason in a sentence, and the rest is read.
"""

from __future__ import annotations

import gzip
import os
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from generator.sheet import LARGEST, TOO_LARGE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

ZIPS = (".zip",)
TARS = (".tar", ".tar.gz", ".tgz")
_ARCHIVES = (*ZIPS, *TARS)

_SWELLS_FROM = 100 * 1024 * 1024
"""Bytes that an archive may give, whatever its own size."""
_SWELLS = 200
"""How many times its own size it may give beyond that. Sheets come to 20 times or so."""
_MOST_OF_A_MEMBER = 2 * LARGEST
"""Bytes that are taken from a TAR for one file with all that is said about it."""
_LONGEST_NAME = 300
_PIECE = 64 * 1024

_ENCRYPTED = "The file is locked with a password. Unlock it, and pack it again without one."
_OUTSIDE = "The file's name leads out of the archive, as harmful archives do."
_NO_FILE = "It is a link or a device, not a file."
_OTHER_PACKING = "The file is packed in a way that is not read here. Pack it again as an ordinary ZIP."
_DAMAGED_FILE = "The file is damaged: the archive does not give back what was put in."
_NESTED = "An archive inside an archive is not opened. Take it out, and name it by itself."
_DAMAGED = "The archive is damaged or cut off. What could be read before is counted."
_SWELLING = "The archive grows far beyond its own size, as harmful ones do. The rest of it was not read."
_EMPTY = "The archive holds no file whose name ends in .json."
_NO_WAY_IN = "The folder cannot be opened. Ask for the right to read it."
_UNREADABLE = "It cannot be read: "

# What zipfile raises over a damaged or crafted archive, by its own tests and by ours: not all of it is BadZipFile.
_ZIP_FAULTS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error)
_FAULTS = (*_ZIP_FAULTS, tarfile.TarError, struct.error, OverflowError)


@dataclass(frozen=True)
class Found:
    """A file that may be a sheet; or none, with the reason."""

    name: str
    """Where it stands, on one line."""
    content: bytes
    """Its bytes: one more than a sheet may have, at most."""
    reason: str
    """Why there are none; nothing if there are."""
    weight: int
    """Bytes on the disk that have been gone through for it."""


class _SwellingError(Exception):
    """An archive that gives far more than its size allows."""


def apart(places: Iterable[Path]) -> list[Path]:
    """The places without those that are named twice or lie in another one, so that nothing is read twice."""
    real = {Path(os.path.realpath(place)): place for place in places}
    return [place for path, place in real.items() if real.keys().isdisjoint(path.parents)]


def files_in(place: Path, leave_out: Collection[Path] = ()) -> Iterator[Path]:
    """The files of a place that may be sheets or archives of them, in the order of their names.

    Arguments:
        place: A file, which is taken whatever it is called; or a folder, of which only those with the right names are.
        leave_out: Files and folders that are not looked at, such as where the results go.
    """
    left_out = {os.path.realpath(each) for each in leave_out}
    yield from _files_in(place, left_out) if place.is_dir() else (place,)


def _files_in(folder: Path, left_out: Collection[str]) -> Iterator[Path]:
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        yield folder
        return
    for name in names:
        path = folder / name
        if os.path.realpath(path) in left_out:
            continue
        if path.is_dir():
            # A link to a folder may lead round in a circle.
            if not path.is_symlink():
                yield from _files_in(path, left_out)
        elif _is_sheet(name) or _is_archive(name):
            yield path


def sheets_in(path: Path) -> Iterator[Found]:
    """The sheets of one file, or of one archive, one at a time.

    Arguments:
        path: One of `files_in`.
    """
    read = _in_zip if path.name.lower().endswith(ZIPS) else _in_tar if path.name.lower().endswith(TARS) else _alone
    try:
        if path.is_file():
            yield from read(path)
        else:
            yield _refused(str(path), _NO_WAY_IN if path.is_dir() else _NO_FILE)
    except OSError as error:
        yield _refused(str(path), f"{_UNREADABLE}{error.strerror}.")


def size_of(path: Path) -> int:
    """Bytes on the disk; 0 where that cannot be told."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _refused(name: str, reason: str, weight: int = 0) -> Found:
    return Found(_on_one_line(name), b"", reason, weight)


def _on_one_line(name: str) -> str:
    """A name without what hides or turns letters, cut to what a table can bear."""
    line = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in name)
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1]}…"


def _is_archive(name: str) -> bool:
    return name.lower().endswith(_ARCHIVES) and not _is_hidden(name)


def _is_sheet(name: str) -> bool:
    return name.lower().endswith(".json") and not _is_hidden(name)


def _is_hidden(name: str) -> bool:
    """What computers put beside people's files, such as `._a.json` and `__MACOSX/`."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")


def _alone(path: Path) -> Iterator[Found]:
    with path.open("rb") as file:
        yield Found(_on_one_line(str(path)), file.read(LARGEST + 1), "", size_of(path))


# ZIP


def _in_zip(path: Path) -> Iterator[Found]:
    size, given, is_empty = size_of(path), 0, True
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                name = member.filename.replace("\\", "/")
                if member.is_dir() or not (_is_sheet(name) or _is_archive(name)):
                    continue
                is_empty = False
                found = _zip_member(archive, member, f"{path}/{name}")
                given += len(found.content)
                _check_swelling(given, size)
                yield found
    except _SwellingError:
        is_empty = False
        yield _refused(str(path), _SWELLING)
    except _FAULTS:
        is_empty = False
        yield _refused(str(path), _DAMAGED)
    if is_empty:
        yield _refused(str(path), _EMPTY)


def _zip_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Found:
    mode = member.external_attr >> 16
    if reason := _unfit(member.filename, member.file_size, is_file=not stat.S_IFMT(mode) or stat.S_ISREG(mode)):
        return _refused(name, reason, member.compress_size)
    if member.flag_bits & 1:
        return _refused(name, _ENCRYPTED, member.compress_size)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _refused(name, _OTHER_PACKING, member.compress_size)
    try:
        with archive.open(member) as file:
            return Found(_on_one_line(name), file.read(LARGEST + 1), "", member.compress_size)
    except _FAULTS:
        return _refused(name, _DAMAGED_FILE, member.compress_size)


# TAR


def _in_tar(path: Path) -> Iterator[Found]:
    is_empty = True
    try:
        with _stream(path) as stream, _open_tar(stream) as archive:
            while member := archive.next():
                # What went before is forgotten: a TAR of any length takes no more memory than a short one.
                cast("Any", archive).members.clear()
                if not member.isdir() and (_is_sheet(member.name) or _is_archive(member.name)):
                    is_empty = False
                    yield _tar_member(archive, member, f"{path}/{member.name}", stream)
                stream.begin_member()
    except _SwellingError:
        is_empty = False
        yield _refused(str(path), _SWELLING)
    except (*_FAULTS, RecursionError):
        is_empty = False
        yield _refused(str(path), _DAMAGED)
    if is_empty:
        yield _refused(str(path), _EMPTY)


def _tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo, name: str, stream: _Stream) -> Found:
    if reason := _unfit(member.name, member.size, is_file=member.isreg() and not member.issparse()):
        return _refused(name, reason, stream.gone())
    file = archive.extractfile(member)
    content = file.read() if file else b""
    if len(content) < member.size:
        raise tarfile.ReadError
    return Found(_on_one_line(name), content, "", stream.gone())


_END = cast("Any", tarfile).EOFHeaderError
"""The mark at its end."""


class _Header(tarfile.TarInfo):
    """What stands before a file in a TAR. Python itself takes a damaged one for the end, and says nothing."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> _Header:
        try:
            return super().fromtarfile(archive)
        except tarfile.HeaderError as error:
            if type(error) is _END:
                raise
            raise tarfile.ReadError(str(error)) from None


class _Stream:
    """What a TAR is read from: forwards only, in small pieces, and no further than is sound."""

    def __init__(self, raw: IO[bytes], unpacked: IO[bytes], size: int) -> None:
        self._raw, self._unpacked, self._size = raw, unpacked, size
        self._place = self._taken = self._told = 0

    def begin_member(self) -> None:
        """Another file begins."""
        self._taken = 0

    def gone(self) -> int:
        """Bytes on the disk since this was last asked."""
        now = self._raw.tell()
        gone, self._told = now - self._told, now
        return gone

    def tell(self) -> int:
        return self._place

    def read(self, size: int) -> bytes:
        self._taken += size
        if self._taken > _MOST_OF_A_MEMBER:
            raise tarfile.ReadError
        return self._next(size)

    def seek(self, place: int) -> None:
        if place < self._place:
            raise tarfile.ReadError
        while self._place < place:
            if not self._next(min(_PIECE, place - self._place)):
                raise tarfile.ReadError

    def _next(self, size: int) -> bytes:
        found = self._unpacked.read(size)
        self._place += len(found)
        _check_swelling(self._place, self._size)
        return found


@contextmanager
def _stream(path: Path) -> Iterator[_Stream]:
    with path.open("rb") as raw:
        if path.name.lower().endswith(".tar"):
            yield _Stream(raw, raw, size_of(path))
        else:
            with gzip.open(raw) as unpacked:
                yield _Stream(raw, cast("IO[bytes]", unpacked), size_of(path))


def _open_tar(stream: _Stream) -> tarfile.TarFile:
    return tarfile.TarFile(fileobj=cast("IO[bytes]", stream), tarinfo=_Header)


# What both have in common


def _unfit(name: str, size: int, *, is_file: bool) -> str:
    """Why a file in an archive is not even opened; nothing if it is."""
    if _leads_out(name):
        return _OUTSIDE
    if not is_file:
        return _NO_FILE
    if _is_archive(name):
        return _NESTED
    return TOO_LARGE if size > LARGEST else ""


def _leads_out(name: str) -> bool:
    path = name.replace("\\", "/")
    return path.startswith("/") or ".." in path.split("/") or re.match("[A-Za-z]:", path) is not None


def _check_swelling(given: int, size: int) -> None:
    if given > _SWELLS_FROM and given > _SWELLS * size:
        raise _SwellingError
