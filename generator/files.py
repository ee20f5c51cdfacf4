"""What is written is whole, or not there at all: it is made aside, on the same disk, and takes its place by a rename.

So a full disk, a missing permission or a process that is killed leaves what was there before as it was.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import stat
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import TYPE_CHECKING

from generator.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_BOUND = {errno.EBUSY, errno.EXDEV}

_NUMBER = re.compile(r"\[Errno (\d+)\]")

_NEW, _OLD, _LOCK = "new", "old", "lock"
"""What stands in a folder that is used aside. Its lock is held for as long as its process lives."""


class WriteError(Exception):
    """Something cannot be written. Says what, why, and what to do; shown without a traceback."""


def in_words(error: OSError, place: Path | str | None = None) -> str:
    """What to tell a person of a fault of the disk: what it is about, why, and what to do.

    Arguments:
        error: The fault.
        place: What they know it by. Without it: the file that the fault names.
    """
    if isinstance(error, shutil.Error) and (found := _NUMBER.search(str(error))):  # of a whole folder: its first fault
        error = OSError(int(found[1]), os.strerror(int(found[1])))
    named = f'"{place or error.filename2 or error.filename}"' if place or error.filename else "A file"
    why = error.strerror or str(error)
    if error.errno in _FULL:
        return f"{named} cannot be written: {why}. Make room on its disk, or name another place, and run this again."
    if error.errno in _REFUSED:
        return f"{named} cannot be written: {why}. Make it and its folder writable for you, or name another place."
    if error.errno in _BOUND:
        return f"{named} cannot be replaced: {why}. If it is a disk of its own, name a folder inside it."
    return f"{named}: {why}."


@contextmanager
def told_of(place: Path) -> Iterator[None]:
    """Say of each fault of the disk that it keeps a place from being written.

    Raises:
        WriteError: In place of the fault.
    """
    try:
        yield
    except OSError as error:
        raise WriteError(in_words(error, place)) from None


# Files


class TooLargeError(Exception):
    """A file that is larger than what is read of it."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size
        """Bytes."""


def read(path: Path, most: int) -> bytes:
    """Read a file that is not trusted. One without end, such as a pipe or a device, is not begun.

    Arguments:
        path: The file, or a link to it.
        most: Bytes that it may have.

    Raises:
        TooLargeError: When it has more.
        OSError: When it cannot be read.
    """
    found = path.stat()
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        raise OSError(errno.EINVAL, "it is a pipe or a device", str(path))
    if found.st_size > most:
        raise TooLargeError(found.st_size)
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:  # it has grown, or its folder does not say how large it is
        raise TooLargeError(len(content))
    return content


def write(texts: Mapping[Path, str | bytes]) -> list[Path]:
    """Write files: all of them, or none. Missing folders are made, a link stays a link, and line ends are as given.

    Arguments:
        texts: What each file is to hold.

    Returns:
        The files.

    Raises:
        WriteError: When one of them cannot be written. Then each is as it was.
    """
    asides: dict[Path, Path] = {}
    with ExitStack() as unmaking, ExitStack() as cleaning, ExitStack() as undoing:
        ready = []
        for number, (place, text) in enumerate(texts.items()):
            with told_of(place):
                real = _checked(place)
                if real.parent not in asides:
                    _make_folder(real.parent, unmaking)
                    asides[real.parent] = cleaning.enter_context(aside(real.parent))
                new = asides[real.parent] / f"{number}.{_NEW}"
                _fill(new, text)
                if real.is_file():
                    shutil.copymode(real, new)
            ready.append((place, real, new))
        for place, real, new in ready:
            with told_of(place):
                _put(new, real, undoing)
        undoing.pop_all()
        unmaking.pop_all()
    return list(texts)


def _checked(place: Path) -> Path:
    """Where a file really is, if it can be written."""
    if place.is_dir():
        raise WriteError(f"{quoted(place)} is a folder. Move it away, or name another place.")
    if place.exists() and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    is_device = place.exists() and not place.is_file()
    return place if is_device else Path(os.path.realpath(place))


def _make_folder(folder: Path, unmaking: ExitStack) -> None:
    for each in reversed([folder, *folder.parents]):
        if not each.is_dir():
            each.mkdir()
            unmaking.callback(_remove_if_empty, each)


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _fill(path: Path, text: str | bytes) -> None:
    with path.open("wb") as file:
        file.write(text.encode("utf-8") if isinstance(text, str) else text)
        file.flush()
        os.fsync(file.fileno())


def _put(new: Path, real: Path, undoing: ExitStack) -> None:
    """Let a file take its place, so that it can be undone."""
    if real.is_file():
        old = new.with_suffix(f".{_OLD}")
        try:
            os.link(real, old)
        except OSError:  # not every disk knows links
            shutil.copy2(real, old)
        undoing.callback(old.replace, real)
    elif real.exists():  # a device, such as /dev/stdout
        real.write_bytes(new.read_bytes())
        return
    else:
        undoing.callback(real.unlink, missing_ok=True)
    new.replace(real)


# Folders


@contextmanager
def folder(place: Path, is_ours: Callable[[Path], bool] | None = None) -> Iterator[Path]:
    """A folder to fill. When that has gone well it takes its place; otherwise what was there stays.

    Two processes may fill one for the same place: each takes its place whole, and the last one stays.
    Hidden files at the top of what was there, such as .git or .htaccess, are handed on, unless the new folder has its own.

    Arguments:
        place: Where it goes. A link to a folder stays a link.
        is_ours: Whether a folder that is there and not empty may be replaced. Without it, none may.

    Raises:
        WriteError: When it cannot be written, or something else is in the way.
    """
    real = Path(os.path.realpath(place))
    _check_way(place, is_ours)
    with ExitStack() as unmaking, ExitStack() as cleaning:
        with told_of(place):
            _make_folder(real.parent, unmaking)
            work = cleaning.enter_context(aside(real.parent, real.name))
            new = work / _NEW
            new.mkdir()
        yield new
        with told_of(place):
            _hand_on(real, new)
            _swap(new, real, work)
        unmaking.pop_all()


def _check_way(place: Path, is_ours: Callable[[Path], bool] | None) -> None:
    if not place.exists():
        return
    what = quoted(place)
    if not place.is_dir():
        raise WriteError(f"{what} is a file, and a folder is to be made there. Move it away, or name another place.")
    with told_of(place):
        first = next((path.name for path in sorted(place.iterdir()) if not path.name.startswith(".")), None)
    if first is not None and not (is_ours and is_ours(place)):
        raise WriteError(
            f"{what} holds something else, such as {quoted(first)}, and would be replaced. "
            "Name another folder, or empty this one."
        )


def _hand_on(real: Path, new: Path) -> None:
    if not real.is_dir():
        return
    shutil.copymode(real, new)
    for path in real.glob(".*"):
        target = new / path.name
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, target, symlinks=True, dirs_exist_ok=True)
        elif not target.exists():
            shutil.copy2(path, target, follow_symlinks=False)


def _swap(new: Path, real: Path, work: Path) -> None:
    for number in count():
        old = work / f"{_OLD}-{number}"
        with suppress(FileNotFoundError):
            real.rename(old)
        try:
            new.rename(real)
        except OSError:
            if real.exists():  # another process was quicker: what it put there is older than ours now
                continue
            if old.exists():
                old.rename(real)
            raise
        return


# Aside


@contextmanager
def aside(parent: Path, name: str = "") -> Iterator[Path]:
    """A hidden folder on the same disk, which is gone afterwards. What killed processes left of theirs is cleared first.

    Arguments:
        parent: Where it is.
        name: Of the folder in `parent` for which it is used. If a process was killed while that was being replaced, what
            was there is brought back.
    """
    from filelock import FileLock  # noqa: PLC0415  # takes time to load, and most commands write nothing

    prefix = f".{name}.balcony-" if name else ".balcony-"
    _clear(parent, prefix, name)
    while True:
        work = Path(mkdtemp(prefix=prefix, dir=parent))
        lock = FileLock(work / _LOCK)
        with suppress(FileNotFoundError):  # cleared by another process before it could be locked
            lock.acquire()
            if (work / _LOCK).exists():
                break
            lock.release()
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        lock.release()
        shutil.rmtree(work, ignore_errors=True)  # where a file that is open cannot be removed


@contextmanager
def one_at_a_time(place: Path) -> Iterator[None]:
    """Wait until no other process is at work on a place in this way.

    Arguments:
        place: What they would share. The lock stands in the system's own folder for temporary files, one for each user.
    """
    from filelock import FileLock  # noqa: PLC0415  # as above

    name = hashlib.sha256(f"{Path.home()} {place.resolve()}".encode()).hexdigest()[:16]
    with FileLock(Path(gettempdir()) / f"balcony-{name}.lock"):
        yield


def _clear(parent: Path, prefix: str, name: str) -> None:
    from filelock import FileLock, Timeout  # noqa: PLC0415  # as above

    for work in parent.glob(f"{prefix}*"):
        try:
            with FileLock(work / _LOCK).acquire(blocking=False):
                kept = sorted(work.glob(f"{_OLD}-*"))
                if name and kept and not (parent / name).exists():
                    kept[-1].rename(parent / name)
                shutil.rmtree(work, ignore_errors=True)
        except (Timeout, OSError):  # in use, or not ours to clear
            continue
        shutil.rmtree(work, ignore_errors=True)
