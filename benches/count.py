#!/usr/bin/env python3
"""Count the instructions of each room on a fixed text, beside those that were counted before.

usage: count.py [--bin DIR] [--save]

Needs valgrind. The text is the samples and 100 articles of the generator. A count hardly varies from run to run, so that
a slower change is seen on a machine that others use too. `--save` writes benches/counts.tsv.
"""
import argparse
import os
import re
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
COUNTS = os.path.join(HERE, "counts.tsv")
HEAD = ("# Instructions of each room on the samples and 100 articles of the generator, by valgrind: "
        "`make bench-count-save` writes them.\nroom\tinstructions\n")
ROOMS = ["text", "token", "time", "mention", "figure", "clause", "whole"]


def count(folder, work):
    """Instructions of each room, all that it calls included."""
    os.makedirs(work, exist_ok=True)
    subprocess.run([os.path.join(folder, "generate"), "--documents", "100", "--seed", "1", "--out", work], check=True,
                   stderr=subprocess.DEVNULL)
    profile = os.path.join(work, "callgrind.out")
    texts = [os.path.join(ROOT, "samples/articles.jsonl"), os.path.join(work, "articles.jsonl")]
    subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}",
                    os.path.join(folder, "rooms"), *texts],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    listing = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", "--auto=no", profile],
                             check=True, stdout=subprocess.PIPE, encoding="utf-8", errors="replace").stdout
    counts = {}
    for room in ROOMS:
        found = re.search(rf"^ *([\d,]+)[^\n]*entente_bench::rooms::Rooms::{room}(?![\w:])", listing, re.MULTILINE)
        if not found:
            raise SystemExit(f"the profile does not name the room {room}")
        counts[room] = int(found[1].replace(",", ""))
    return counts


def before():
    if not os.path.exists(COUNTS):
        return {}
    with open(COUNTS, encoding="utf-8") as lines:
        rows = [line.split() for line in lines if not line.startswith(("#", "room"))]
    return {room: int(number) for room, number in rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--bin", default=os.path.join(ROOT, "target/release"), help="folder of generate and rooms")
    parser.add_argument("--work", default=os.path.join(ROOT, "target/bench-count"), help="folder of text and profile")
    parser.add_argument("--save", action="store_true", help="write benches/counts.tsv")
    options = parser.parse_args()
    counts, old = count(options.bin, options.work), before()
    print("| room | instructions | before | change |\n|---|---|---|---|")
    for room, number in counts.items():
        then = f"{old[room]:,} | {100 * (number / old[room] - 1):+.1f} %" if room in old else "– | –"
        print(f"| {room} | {number:,} | {then} |")
    if options.save:
        with open(COUNTS, "w", encoding="utf-8") as out:
            out.write(HEAD + "".join(f"{room}\t{number}\n" for room, number in counts.items()))


if __name__ == "__main__":
    main()
