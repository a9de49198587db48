"""What goes into the bundle and what stays out, said once for the spec, the checks and the notices."""

from __future__ import annotations

import lzma
import re
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Any

Entry = tuple[str, str, str]  # place in the bundle, where it comes from, PyInstaller's kind

# Asked for by somebody's optional import, used by nobody here (a test holds that).
UNUSED_MODULES = (
    "tkinter", "_tkinter", "test", "pydoc", "lib2to3", "setuptools", "pip", "wheel", "pytest", "_pytest", "pygments",
    "readline", "curses", "numpy.f2py", "numpy.testing", "numpy.distutils", "IPython", "matplotlib", "PIL", "pandas",
    "scipy", "babel", "mypy", "hf_xet", "llama_cpp.server", "PySide6.QtNetwork",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtOpenGL", "PySide6.QtDesigner",
    "PySide6.QtHelp", "PySide6.QtPrintSupport", "PySide6.QtXml", "PySide6.QtDBus",
    # What others offer to use if it is there.
    "hypothesis", "pydantic", "pydantic_core", "fastapi", "starlette", "uvicorn", "rich", "markdown_it",
    "opentelemetry", "sklearn", "tomli", "lxml.objectify", "lxml.isoschematron", "lxml.sax",
    "lxml.html",
    # Where a number is registered and by which company is nobody's business here; whether it is one, is.
    "phonenumbers.geodata", "phonenumbers.carrierdata", "phonenumbers.tzdata", "phonenumbers.geocoder",
    "phonenumbers.carrier", "phonenumbers.timezone",
    # 14 MB that the keyring of a Linux desktop alone would need; there a key is kept in a file only its owner reads.
    *(("cryptography", "secretstorage", "jeepney") if sys.platform == "linux" else ()),
)  # fmt: skip

# Qt's plugins come with everything they could ever need; these are the ones a window of ours does need.
QT_PLUGINS = {
    "platforms": {"xcb", "offscreen", "windows", "cocoa"},
    "platforminputcontexts": {"compose", "ibus"},  # Chinese is typed through these on Linux
    "platformthemes": {"xdgdesktopportal"},
    "imageformats": {"gif", "ico", "jpeg", "svg", "webp"},
    "iconengines": {"svgicon"},
    "styles": {"modernwindowsstyle", "macstyle"},
}
QT_LIBRARIES = {"Core", "Gui", "Widgets", "Svg", "DBus", "XcbQpa"}
QT_WORDS = {"qtbase_zh_CN.qm"}
# Windows' own libraries. Under wine they are stand-ins, and everywhere they belong to the system.
SYSTEM_FOLDERS = ("c:\\windows", "c:/windows")
OWN_STAND_INS = {"icuuc.dll", "mscms.dll", "ucrtbase.dll", "ucrtwine.dll", "bcryptprimitives.dll"}


GLIBC = ("libc.so", "libm.so", "libdl.so", "librt.so", "libpthread.so", "ld-linux", "libgcc_s.so.0")


def asset_wanted(file: Path) -> bool:
    """Tell whether a file below assets/ is read by the program (sources of translations are not)."""
    return file.is_file() and file.suffix not in {".po", ".pyc", ".tmp"}


def library_wanted(name: str, source: str = "") -> bool:
    """Tell whether a library belongs in the bundle; ``name`` is its place there, ``source`` where it was found."""
    path = PurePosixPath(name.replace("\\", "/"))
    base = path.name.lower()
    if source.lower().startswith(SYSTEM_FOLDERS) or base in OWN_STAND_INS:
        return False
    if _is_llama(base):
        return False  # one copy only, beside the binding, put there by the spec itself
    if "rapidfuzz" in path.parts and ("_avx2" in base or base.startswith("metrics_cpp")):
        return False  # second copies for newer processors, and distances nobody asks for; what is used stays compiled
    if "plugins" in path.parts:
        return _plugin_wanted(path)
    if base.startswith(("libqt6", "qt6")):
        return _qt_name(base) in QT_LIBRARIES
    if _framework(path):
        return _framework(path) in QT_LIBRARIES
    # Software OpenGL and the Direct3D compiler, for machines without a driver: a window of widgets draws without.
    return base not in {"opengl32sw.dll", "d3dcompiler_47.dll"}


def needed(entries: list[Entry]) -> list[Entry]:
    """Leave out the system libraries that only a plugin needed which is no longer in the bundle (Linux)."""
    system = {e[0]: e for e in entries if "/" not in e[0] and e[1].startswith(("/usr/lib/", "/lib/"))}
    wanted = [e for e in entries if e[0] not in system]
    looked: set[str] = set()
    while todo := [e for e in wanted if e[1] not in looked]:
        for _name, source, _kind in todo:
            looked.add(source)
            wanted += [system.pop(name) for name in _asked_for(source) if name in system]
    return wanted


def _asked_for(source: str) -> list[str]:
    told = subprocess.run(["objdump", "-p", source], capture_output=True, text=True, check=False).stdout
    return re.findall(r"^  NEEDED\s+(\S+)", told, re.MULTILINE)


def companions(folder: Path, there: list[Entry]) -> list[Entry]:
    """Return the libraries that those in ``folder`` ask for beyond glibc and what is in the bundle already (Linux)."""
    known, found = {entry[0] for entry in there} | {file.name for file in folder.iterdir()}, {}
    for file in sorted(folder.glob("*.so*")):
        if "vulkan" in file.name:  # the system's loader of drivers must be the system's
            continue
        told = subprocess.run(["ldd", str(file)], capture_output=True, text=True, check=False).stdout
        for name, source in re.findall(r"^\s+(\S+) => (/\S+)", told, re.MULTILINE):
            if name not in known and not name.startswith(GLIBC):
                found[name] = source
    return [(name, source, "BINARY") for name, source in sorted(found.items())]


AS_THEY_ARE = ("PySide6/", "shiboken6/", "numpy.libs/", "libscipy", "libQt6", "libicu")


def without_debug(entries: list[Entry], folder: Path) -> list[Entry]:
    """Replace libraries by copies without what only a debugger reads (Linux).

    OpenBLAS does not survive it, and Qt's come without.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, source, kind in entries:
        if ".so" in name and not name.startswith(AS_THEY_ARE):
            target = folder / name.replace("/", "-")
            if subprocess.run(["strip", "--strip-unneeded", "-o", str(target), source], check=False).returncode == 0:
                source = str(target)
        made.append((name, source, kind))
    return made


def packed(library: Path, folder: Path) -> Path:
    """Pack a library with LZMA into ``folder`` and return the file; the same bytes come out each time."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{library.name}.xz"
    target.write_bytes(lzma.compress(library.read_bytes(), preset=9))
    return target


def file_wanted(name: str) -> bool:
    """Tell whether a data file belongs in the bundle."""
    path = PurePosixPath(name.replace("\\", "/"))
    if "translations" in path.parts and path.suffix == ".qm":
        return path.name in QT_WORDS
    if _framework(path):
        return _framework(path) in QT_LIBRARIES
    if path.name.lower().startswith("libqt6") and _qt_name(path.name.lower()) not in QT_LIBRARIES:
        return False  # a link to a library that was left out
    if "default-docx-template" in path.parts:
        return False  # what python-docx's default.docx was zipped from: 0.9 MB that nothing reads
    if "PySide6" in path.parts or "shiboken6" in path.parts:
        return not {"qml", "metatypes", "include", "typesystems", "glue", "support", "doc"} & set(path.parts)
    return not (_is_llama(path.name.lower()) and ".dist-info" not in name)


def _is_llama(base: str) -> bool:
    return base.removeprefix("lib").startswith(("llama.", "llama-", "ggml", "mtmd"))


def _plugin_wanted(path: PurePosixPath) -> bool:
    wanted = QT_PLUGINS.get(path.parent.name, set())
    plain = path.name.split(".")[0].removeprefix("lib").removeprefix("q")
    return plain in wanted or plain.removesuffix("platforminputcontextplugin") in wanted


def _qt_name(base: str) -> str:
    plain = base.removeprefix("lib").removeprefix("qt6").split(".")[0].removeprefix("qt")
    return next((name for name in QT_LIBRARIES if name.lower() == plain), plain)


def _framework(path: PurePosixPath) -> str:
    """Return "Gui" for a file within QtGui.framework (macOS), nothing for any other."""
    found = next((part for part in path.parts if part.endswith(".framework") and part.startswith("Qt")), "")
    return found.removeprefix("Qt").removesuffix(".framework")


def windows_version(version: str) -> Any:
    """Return the version resource of the Windows programs; scanners distrust a program that has none."""
    from PyInstaller.utils.win32 import versioninfo as v

    numbers = (*(int(part) for part in version.split(".")[:3]), 0)
    words = {
        "CompanyName": "The Zhanggui founders", "FileDescription": "掌柜 Zhanggui", "FileVersion": version,
        "InternalName": "zhanggui", "LegalCopyright": "Apache-2.0", "OriginalFilename": "Zhanggui.exe",
        "ProductName": "掌柜 Zhanggui", "ProductVersion": version,
    }  # fmt: skip
    return v.VSVersionInfo(
        ffi=v.FixedFileInfo(filevers=numbers, prodvers=numbers, mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0),
        kids=[
            v.StringFileInfo([v.StringTable("040904B0", [v.StringStruct(k, t) for k, t in words.items()])]),
            v.VarFileInfo([v.VarStruct("Translation", [0x0409, 1200, 0x0804, 1200])]),
        ],
    )


def mac_info(version: str) -> dict[str, Any]:
    """Return what macOS wants to know of the program."""
    return {
        "CFBundleName": "Zhanggui",
        "CFBundleDisplayName": "掌柜 Zhanggui",
        "CFBundleShortVersionString": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "zh-Hans"],
        "LSMinimumSystemVersion": "13.0",
        "LSApplicationCategoryType": "public.app-category.business",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
    }
