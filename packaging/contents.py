"""What goes into the bundle and what stays out, said once for the spec, the checks and the notices."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

# Asked for by somebody's optional import, used by nobody here.
UNUSED_MODULES = (
    "tkinter", "_tkinter", "test", "unittest.mock", "pydoc", "lib2to3", "setuptools", "pip", "wheel", "pytest",
    "numpy.f2py", "numpy.testing", "numpy.distutils", "IPython", "matplotlib", "PIL", "pandas", "scipy", "yaml", "babel",
    "mypy", "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSql", "PySide6.QtTest",
    "PySide6.QtOpenGL", "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtPrintSupport", "PySide6.QtXml",
    "PySide6.QtDBus",
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
OWN_STAND_INS = {"icuuc.dll", "mscms.dll", "ucrtbase.dll", "ucrtwine.dll"}


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
    if "plugins" in path.parts:
        return _plugin_wanted(path)
    if base.startswith(("libqt6", "qt6")) or (path.parent.name.startswith("Qt") and ".framework" in name):
        return _qt_name(base) in QT_LIBRARIES
    # Software OpenGL and the Direct3D compiler, for machines without a driver: a window of widgets draws without.
    return base not in {"opengl32sw.dll", "d3dcompiler_47.dll"}


def file_wanted(name: str) -> bool:
    """Tell whether a data file belongs in the bundle."""
    path = PurePosixPath(name.replace("\\", "/"))
    if "translations" in path.parts and path.suffix == ".qm":
        return path.name in QT_WORDS
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
    """Return what macOS wants to know of the program, its own document type among it."""
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
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Zhanggui shop",
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "CFBundleTypeExtensions": ["zhanggui"],
                "CFBundleTypeIconFile": "zhanggui.icns",
            }
        ],
    }
