#!/usr/bin/env bash
# Sign the app, from the inside out: with the identity in ZHANGGUI_SIGN, or ad hoc, which every Mac with an Apple
# processor asks for before it runs anything. sign.sh APP
set -euo pipefail
app=$1
here=$(cd "$(dirname "$0")" && pwd)
identity=${ZHANGGUI_SIGN:--}
options=(--force --sign "$identity")
if [ "$identity" != - ]; then options+=(--options runtime --timestamp); fi
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 | xargs -0 -n 20 codesign "${options[@]}"
find "$app/Contents/Frameworks" -type d -name '*.framework' -prune -print0 | xargs -0 -r -n 1 codesign "${options[@]}"
codesign "${options[@]}" --entitlements "$here/entitlements.plist" "$app"
codesign --verify --deep --strict --verbose=2 "$app"
