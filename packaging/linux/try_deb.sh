#!/usr/bin/env bash
# Install the package into a bare Debian, run its self-check there and see its window, remove it, look what is left.
# Needs root, debootstrap and a Debian mirror. try_deb.sh [PACKAGE] [FOLDER]; the picture is left in dist/.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
package=$(ls -t "${1:-$here/dist/}"*.deb 2>/dev/null | head -1 || true)
[ -f "${1:-}" ] && package=$1
root=${2:-$(mktemp -d /tmp/zhanggui-root.XXXXXX)}
[ -f "$package" ] || { echo "SKIPPED: no package; run make deb"; exit 77; }
[ "$(id -u)" = 0 ] || { echo "SKIPPED: a bare root needs root"; exit 77; }
command -v debootstrap >/dev/null || { echo "SKIPPED: debootstrap is not here"; exit 77; }

if [ ! -e "$root/etc/debian_version" ]; then
    debootstrap --variant=minbase "${SUITE:-bookworm}" "$root" ${MIRROR:+"$MIRROR"} >/dev/null
fi
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
[ -f /etc/apt/apt.conf.d/99proxy ] && cp /etc/apt/apt.conf.d/99proxy "$root/etc/apt/apt.conf.d/" || true
mount --bind /proc "$root/proc"; mount -t tmpfs tmpfs "$root/dev/shm" 2>/dev/null || true
trap 'umount "$root/dev/shm" 2>/dev/null || true; umount "$root/proc" || true' EXIT
in_root() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

cp "$package" "$root/tmp/zhanggui.deb"
in_root apt-get update -qq
in_root apt-get install -y -qq --no-install-recommends /tmp/zhanggui.deb fonts-wqy-microhei >/dev/null
rm "$root/tmp/zhanggui.deb"
echo "installed: $(in_root dpkg-query -W -f '${Version}, ${Installed-Size} kB' zhanggui)"
in_root zhanggui --self-check
in_root zhanggui --quiet demo | tail -1

if [ -n "${WINDOW:-1}" ]; then
    in_root apt-get install -y -qq --no-install-recommends xvfb xdotool imagemagick x11-apps >/dev/null
    in_root env LANG=zh_CN.UTF-8 LC_ALL=C.UTF-8 LANGUAGE=zh bash -c '
        Xvfb :9 -screen 0 1280x800x24 >/dev/null 2>&1 & x=$!; sleep 1; export DISPLAY=:9
        LC_ALL=zh_CN.UTF-8 zhanggui >/tmp/window.log 2>&1 & p=$!
        timeout 60 xdotool search --sync --onlyvisible --name . >/dev/null; sleep 3
        import -window root /tmp/window.png; kill $p; wait $p || true; kill $x'
    cp "$root/tmp/window.png" "$here/dist/window-deb.png"; echo "picture: dist/window-deb.png"
fi
in_root dpkg --purge zhanggui >/dev/null 2>&1
left=$(in_root find / -xdev -iname '*zhanggui*' -not -path '/proc/*' -not -path '/root/*' -not -path '/tmp/*' -not -path '/var/log/*' -not -path '/var/cache/*')
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
in_root test -e /root/.local/share/Zhanggui || { echo "the merchant's data is gone"; exit 1; }
echo "removed: nothing is left but the merchant's own folder"
