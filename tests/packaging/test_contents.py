"""What goes into the bundle: everything the program imports, and each library once."""

from __future__ import annotations

import ast
import plistlib
import struct
import subprocess
import sys
from pathlib import Path

import contents
import icon
import llama
import notices
import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_that_the_program_imports_is_left_out() -> None:
    imported: set[str] = set()
    for file in (ROOT / "desktop_app").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module)
    left_out = {name for name in imported for gone in contents.UNUSED_MODULES if f"{name}.".startswith(f"{gone}.")}
    assert not left_out


@pytest.mark.parametrize(
    "name",
    ["PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/plugins/platforms/libqoffscreen.so",
     "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", "PySide6/Qt/lib/libQt6Svg.so.6",
     "PySide6/Qt/plugins/iconengines/libqsvgicon.so", "PySide6\\plugins\\platforms\\qwindows.dll",
     "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll", "PySide6\\Qt6Core.dll", "PySide6/QtWidgets.abi3.so",
     "PySide6/Qt/plugins/platforms/libqcocoa.dylib", "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui",
     "libpython3.11.so.1.0", "numpy.libs/libscipy_openblas64_.so", "psutil/_psutil_linux.abi3.so"],
)  # fmt: skip
def test_what_the_window_needs_stays(name: str) -> None:
    assert contents.library_wanted(name)


@pytest.mark.parametrize(
    "name",
    ["libllama.so.0", "llama_cpp/lib/libggml-base.so", "llama_cpp\\lib\\ggml-cpu-haswell.dll", "libmtmd.so",
     "PySide6/Qt/plugins/platformthemes/libqgtk3.so", "PySide6/Qt/plugins/platforms/libqwayland.so",
     "PySide6/Qt/lib/libQt6Quick.so.6", "PySide6\\Qt6Pdf.dll", "PySide6\\opengl32sw.dll", "icuuc.dll", "UCRTBASE.dll",
     "PySide6/Qt/lib/QtQml.framework/Versions/A/QtQml", "PySide6/Qt/plugins/imageformats/libqpdf.so"],
)  # fmt: skip
def test_what_nobody_needs_or_comes_twice_is_left_out(name: str) -> None:
    assert not contents.library_wanted(name)


def test_windows_own_libraries_are_never_carried_along() -> None:
    assert not contents.library_wanted("mscms2.dll", r"C:\windows\system32\mscms2.dll")


def test_of_qts_words_only_chinese_is_taken() -> None:
    assert contents.file_wanted("PySide6/Qt/translations/qtbase_zh_CN.qm")
    assert not contents.file_wanted("PySide6/Qt/translations/qtbase_de.qm")
    assert contents.file_wanted("docx/templates/default.docx")
    assert not contents.file_wanted("docx/templates/default-docx-template/word/document.xml")
    assert not contents.file_wanted("libQt6Network.so.6")  # a link to what was left out


def test_each_library_of_llama_is_taken_once_under_the_name_it_is_asked_for_by() -> None:
    linux = llama.once(
        ["lib/libggml.so", "lib/libggml.so.0", "lib/libggml.so.0.25.3", "llama_cpp/lib/libggml.so.0",
         "lib/libmtmd.so.0", "llama_cpp/lib/libllama.so", "llama_cpp/lib/libllama.so.0", "lib/libllama-common.so.0",
         "lib/libggml-cpu-x64.so", "bin/libggml-cpu-cooperlake.so",
         "lib/cmake/ggml/ggml-config.cmake", "llama_cpp/llama.py"]
    )  # fmt: skip
    assert sorted(linux) == ["libggml-cpu-x64.so", "libggml.so.0", "libllama.so"]
    mac = llama.once(["lib/libggml.dylib", "lib/libggml.0.dylib", "lib/libllama.dylib", "lib/libllama.0.dylib"])
    assert sorted(mac) == ["libggml.0.dylib", "libllama.dylib"]
    windows = llama.once(["bin/ggml.dll", "bin/llama.dll", "llama_cpp/lib/llama.dll", "bin/ggml-cpu-x64.dll", "a.lib"])
    assert sorted(windows) == ["ggml-cpu-x64.dll", "ggml.dll", "llama.dll"]


@pytest.mark.skipif(sys.platform != "linux", reason="ELF files")
def test_a_system_library_stays_only_while_something_in_the_bundle_asks_for_it() -> None:
    import _ssl

    linked = subprocess.run(["ldd", _ssl.__file__], capture_output=True, text=True, check=True).stdout
    found = [line.split()[2] for line in linked.splitlines() if "libssl" in line or "libcrypto" in line]
    if len(found) < 2:
        pytest.skip("this Python carries its own OpenSSL")
    libraries = [(Path(file).name, file, "BINARY") for file in found]
    both = contents.needed([("lib-dynload/_ssl.so", _ssl.__file__, "EXTENSION"), *libraries])
    assert {Path(entry[1]).name for entry in both} >= {Path(file).name for file in found}
    assert contents.needed(libraries) == []


def test_every_distribution_that_is_bundled_has_its_licence_in_the_notices() -> None:
    import jinja2
    import llama_cpp
    import PySide6
    import xlsxwriter

    text = notices.collect([str(module.__file__) for module in (jinja2, llama_cpp, PySide6, xlsxwriter)])
    wanted = (
        "jinja2 3", "llama-cpp-python 0", "The ggml authors", "pyside6-essentials 6", "Lucide icons", "Python 3",
        "GNU LESSER GENERAL PUBLIC LICENSE", "xlsxwriter", "PYTHON SOFTWARE FOUNDATION LICENSE",
    )  # fmt: skip
    for words in wanted:
        assert words in text
    assert "rapidfuzz 3" not in text


def test_a_part_without_a_licence_text_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    import PySide6

    monkeypatch.setattr(notices, "BY_HAND", {})
    with pytest.raises(SystemExit, match="pyside6-essentials"):
        notices.collect([str(PySide6.__file__)])


def test_the_icon_files_hold_every_size() -> None:
    windows = (ROOT / "packaging" / "icon" / "zhanggui.ico").read_bytes()
    assert struct.unpack_from("<HHH", windows) == (0, 1, len(icon.ICO))
    mac = (ROOT / "packaging" / "icon" / "zhanggui.icns").read_bytes()
    assert mac[:4] == b"icns"
    assert struct.unpack_from(">I", mac, 4) == (len(mac),)
    at, kinds = 8, []
    while at < len(mac):
        kinds.append(mac[at : at + 4].decode())
        assert mac[at + 8 : at + 16] == b"\x89PNG\r\n\x1a\n"
        at += struct.unpack_from(">I", mac, at + 4)[0]
    assert kinds == list(icon.ICNS)


def test_what_macos_is_told_can_be_read_by_it() -> None:
    entitlements = plistlib.loads((ROOT / "packaging" / "macos" / "entitlements.plist").read_bytes())
    assert entitlements["com.apple.security.cs.allow-unsigned-executable-memory"] is True
    assert plistlib.loads(plistlib.dumps(contents.mac_info("1.2.3")))["CFBundleShortVersionString"] == "1.2.3"
