"""Which folders can carry SQLite's write-ahead log: local disks can; network and synced folders cannot."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import psutil

# Folder names of the sync programs; a name may go on ("OneDrive - Firma", "Dropbox (Personal)").
SYNCED = (
    "onedrive", "dropbox", "icloud", "google drive", "googledrive", "my drive", "nextcloud", "owncloud", "pcloud",
    "megasync", "syncthing", "box sync", "creative cloud files", "nutstore", "坚果云", "我的坚果云", "baidusyncdisk",
    "百度网盘", "同步空间", "weiyun", "微云", "wpsdrive", "wps云盘", "mobile documents", "cloudstorage",
)  # fmt: skip
REMOTE = {
    "nfs", "nfs3", "nfs4", "cifs", "smb", "smbfs", "smb2", "smb3", "afpfs", "afs", "webdav", "davfs", "ncpfs",
    "9p", "v9fs", "vboxsf", "vmhgfs", "prl_fs", "ceph", "glusterfs", "lustre", "drvfs",
}  # fmt: skip


def carries_wal(path: Path) -> bool:
    """Tell whether ``path`` lies on a disk of this machine that no other program copies behind SQLite's back."""
    return not (is_synced(path) or is_remote(path))


def is_synced(path: Path) -> bool:
    """Tell whether a folder above ``path`` belongs to a sync program, by its name."""
    return any(part.casefold().startswith(SYNCED) for part in path.absolute().parent.parts)


def is_remote(path: Path) -> bool:
    """Tell whether ``path`` is a network path, or lies on a network file system as far as this machine says."""
    text = os.fspath(path.absolute())
    if text.startswith(("\\\\", "//")):
        return True
    best, kind = "", ""
    with contextlib.suppress(OSError, psutil.Error):
        for mount in psutil.disk_partitions(all=True):
            point = mount.mountpoint
            inside = text == point or text.startswith(point.rstrip("/\\") + os.sep)
            if inside and len(point) >= len(best):
                best, kind = point, f"{mount.fstype},{mount.opts}".casefold()
    words = kind.split(",")
    return words[0] in REMOTE or words[0].startswith("fuse.") or "remote" in words[1:]
