#!/usr/bin/env bash
# Put the app beside a link to the Applications folder in a disk image. dmg.sh APP ARCHITECTURE
set -euo pipefail
app=$1
here=$(cd "$(dirname "$0")/../.." && pwd)
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$here/desktop_app/__init__.py")
image=$here/dist/zhanggui-$version-$2.dmg
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
cp "$here/packaging/macos/READ ME FIRST.txt" "$stage/"
rm -f "$image"
for attempt in 1 2 3 4 5; do # "Resource busy" comes and goes on the runners
    if hdiutil create -volname "掌柜 Zhanggui" -srcfolder "$stage" -format UDZO -ov "$image"; then exit 0; fi
    echo "attempt $attempt failed"; sleep 10
done
exit 1
