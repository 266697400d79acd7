#!/bin/sh
# Drives a real browser over the pages. What it needs and does not find it says, and is done.
# usage: run.sh ENTENTE [tests|screenshots]
set -eu
entente=$1
what=${2:-tests}
cd "$(dirname "$0")"

browser() {
    for name in ${CHROMIUM:-} chromium chromium-browser google-chrome; do
        command -v "$name" && return
    done
}
skip() {
    echo "skipped: the pages in a real browser: $1"
    exit 0
}

command -v node >/dev/null || skip 'there is no Node.js'
found=$(browser || true)
if [ -z "$found" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo 'installing chromium and a Japanese font'
        { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-noto-cjk; } >/dev/null 2>&1 ||
            skip 'apt could not install chromium'
    else
        skip 'chromium is not there, and cannot be installed by this user (Debian, as root: apt-get install chromium)'
    fi
    found=$(browser || true)
    [ -n "$found" ] || skip 'chromium is not there after its installation'
fi
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
    npm ci --ignore-scripts >/dev/null 2>&1 || skip 'npm could not bring playwright-core and axe-core'
    touch node_modules/.package-lock.json
fi
export CHROMIUM="$found" ENTENTE="$entente"
case $what in
    tests) exec node --test --test-timeout=300000 --test-reporter=spec pages.test.mjs ;;
    screenshots) exec node screenshots.mjs ;;
esac
