#!/bin/sh
# Fills a store with a generated corpus in ten parts and asks it questions; prints a table of what that took.
# usage: benches/store.sh DOCUMENTS [FOLDER]; needs the release binaries `entente` and `generate`.
set -e
documents=${1:-100000}
folder=${2:-target/bench-store}
entente=${ENTENTE:-target/release/entente}
generate=${GENERATE:-target/release/generate}
mkdir -p "$folder"
rm -rf "$folder"/part.* "$folder"/store.db*
export ENTENTE_DB="$folder/store.db"

now() { date +%s.%N; }
took() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b - a }'; }

"$generate" --documents $((documents + 200)) --seed 1 --out "$folder" 2>/dev/null
split -l $((documents / 10)) -d -a 2 --additional-suffix=.jsonl "$folder/articles.jsonl" "$folder/part."

echo "| step | seconds | documents/s |"
echo "|---|---|---|"
part=0
for file in "$folder"/part.*.jsonl; do
    count=$(wc -l < "$file")
    start=$(now)
    "$entente" ingest "$file" 2>/dev/null
    seconds=$(took "$start" "$(now)")
    part=$((part + 1))
    echo "| ingest, part $part: $count documents | $seconds | $(awk -v n="$count" -v s="$seconds" 'BEGIN { printf "%.0f", n / s }') |"
done
pair=$("$entente" stats --format csv --lang en | awk -F, '/^pair\./ { sub(/^pair\./, "", $1); sub(/-/, " ", $1); print $1; exit }')
ask() {
    name=$1
    shift
    start=$(now)
    "$entente" "$@" > "$folder/answer.txt" 2>/dev/null
    echo "| $name | $(took "$start" "$(now)") | |"
}
# The names of states are words here.
# shellcheck disable=SC2086
for name in timeline dossier relation conflicts pledges; do
    ask "$name $pair" $name $pair
done
for query in 訪中 プーチン '"合同演習" state:CHN' '制裁 type:SANCTION date:2023'; do
    ask "search $query" search "$query"
done
"$entente" stats --lang en | sed -n 's/^  \(documents\|events\|reports\|figures\)  .* \([0-9]*\)$/| \1 | \2 | |/p'
echo "| bytes of the store | $(du -b "$folder/store.db" | cut -f1) | |"
