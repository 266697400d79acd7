#!/bin/sh
# Holds what `/openapi.json` says against the running server. What it needs and does not find it says, and is done.
# usage: run.sh ENTENTE VENV
set -eu
entente=$1
venv=$2
here=$(cd "$(dirname "$0")" && pwd)

skip() {
    echo "skipped: the description of the addresses against the server: $1"
    exit 0
}

python=${PYTHON:-python3}
command -v "$python" >/dev/null || skip 'there is no Python'
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' || skip 'Python is older than 3.10'
if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
    "$python" -m venv --clear "$venv" 2>/dev/null || skip 'Python has no module venv'
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt" 2>/dev/null ||
        skip 'schemathesis could not be installed'
    cp "$here/requirements.txt" "$venv/"
fi

folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
"$entente" ingest --db "$folder/store.db" "$here/../../samples/articles.jsonl" 2>/dev/null
"$entente" serve --db "$folder/store.db" --listen 127.0.0.1:0 >"$folder/told" &
server=$!
while ! grep -q '^http' "$folder/told"; do
    kill -0 "$server" || exit 1
    sleep 0.2
done
address=$(sed -n 's/^\(http:[^ ]*\)\/ .*/\1/p' "$folder/told")
event=$("$entente" timeline --db "$folder/store.db" --format csv CHN RUS | sed -n '2s/.*,\([^,]*\)$/\1/p' | tr -d '\r')
sed "s/EVENT/$event/" "$here/schemathesis.toml" >"$folder/schemathesis.toml"
cd "$folder"
"$venv/bin/st" --config-file schemathesis.toml run "$address/openapi.json" --no-color
