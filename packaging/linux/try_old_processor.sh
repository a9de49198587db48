#!/usr/bin/env bash
# Run the bundle's self-check as an old processor would: try_old_processor.sh [Nehalem|SandyBridge|Haswell…] [BUNDLE]
# Every process of the program is emulated by qemu-user, its children too: inside a user namespace of its own the kernel
# is told to hand exactly this program to qemu. Needs qemu-user and Linux 6.7 or newer.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
processor=${1:-Nehalem}
bundle=${2:-$here/dist/zhanggui}
command -v qemu-x86_64 >/dev/null || { echo "SKIPPED: qemu-user is not here"; exit 77; }
[ -x "$bundle/zhanggui" ] || { echo "SKIPPED: no bundle; run make bundle"; exit 77; }
unset OPENBLAS_CORETYPE  # or numpy takes the code for another processor than this one
export QEMU_CPU=$processor ZHANGGUI_DATA
ZHANGGUI_DATA=$(mktemp -d); trap 'rm -rf "$ZHANGGUI_DATA"' EXIT
unshare --user --map-root-user --mount bash -euc '
    mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc 2>/dev/null || { echo "SKIPPED: no binfmt_misc in a namespace"; exit 77; }
    # The first bytes of the program itself (entry point and section table among them) tell it from any other.
    magic=$(head -c 64 "$1" | od -An -v -tx1 | tr -d "\n" | sed "s/ /\\\\x/g")
    printf ":zhanggui:M::%s::%s:F" "$magic" "$(command -v qemu-x86_64)" > /proc/sys/fs/binfmt_misc/register
    "$1" --self-check' - "$bundle/zhanggui"
