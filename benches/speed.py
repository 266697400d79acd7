#!/usr/bin/env python3
"""Time Entente beside MeCab and others, on the same text and machine, in turns.

usage: speed.py [--bin DIR] [--only SECTION]... [--corpus FILE.jsonl] [--peers] [--large] [--save FILE] ...

Sections: speed, linear, hard, same, start. Without --corpus the texts are the samples and the generator's output.
Every time is that of a whole process, its start included; peak memory is what the kernel says of it. No time is judged:
the only thing that can fail is `same`, that the output is the same bytes for any number of threads, and a crash.

This process stays small and writes its inputs piece by piece: a child's peak memory begins at that of its parent.
"""
import argparse
import hashlib
import itertools
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SECTIONS = ["speed", "linear", "hard", "same", "start"]
LONGEST = 300  # seconds until a run of `hard` is given up
ARTICLE = "中国の外務省は5日、北京で日本の外相と会談し、貿易額を3割増やすことで合意したと発表した。\n"
PEERS = {
    "ja-timex": "from ja_timex import TimexParser; read = TimexParser().parse",
    "GiNZA, names": "import spacy; nlp = spacy.load('ja_ginza'); read = lambda line: nlp(line).ents",
}
PEER_LOOP = """
import sys, time
{make}
lines = [line for line in open(sys.argv[1], encoding='utf-8') if line.strip()]
start = time.perf_counter()
for line in lines:
    read(line)
print(time.perf_counter() - start)
"""

failed = []


class Run:
    """One run of a command: its seconds and its peak memory in MB."""

    def __init__(self, command, stdin=None, longest=None):
        with open(stdin or os.devnull, "rb") as given, open(os.devnull, "wb") as nothing:
            start = time.perf_counter()
            child = subprocess.Popen(command, stdin=given, stdout=nothing, stderr=subprocess.DEVNULL)
            alarm = threading.Timer(longest or 1e6, os.kill, (child.pid, signal.SIGKILL))
            alarm.start()
            _, status, usage = os.wait4(child.pid, 0)
            alarm.cancel()
            self.seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        unit = 1 if sys.platform == "darwin" else 1024
        self.megabytes = usage.ru_maxrss * unit / 1e6
        if longest and self.seconds >= longest:
            self.seconds = float("inf")
        elif child.returncode:
            failed.append(f"{' '.join(command)} ended with {child.returncode}")


def in_turns(commands, rounds, longest=None):
    """Median seconds and greatest memory of each command; all run once before any runs again."""
    runs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, (command, stdin) in commands.items():
            runs[name].append(Run(command, stdin, longest))
    return {name: (statistics.median(run.seconds for run in done), max(run.megabytes for run in done))
            for name, done in runs.items()}


def table(head, rows):
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
                     + ["| " + " | ".join(map(str, row)) + " |" for row in rows]) + "\n"


# --- texts -----------------------------------------------------------------------------------------------------------

def articles(paths):
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line)


def write_articles(path, sources, megabytes=None):
    """Articles as JSON Lines, again and again with other ids until they have so much text; what text that is."""
    size = count = 0
    with open(path, "w", encoding="utf-8") as out:
        for turn in itertools.count():
            for article in articles(sources):
                if megabytes and size >= megabytes * 1e6:
                    break
                article["id"] = f"{article.get('id', count)}-{turn}"
                size += len(article["text"].encode())
                count += 1
                out.write(json.dumps(article, ensure_ascii=False) + "\n")
            if not megabytes or size >= megabytes * 1e6:
                return size / 1e6, count


def write_plain(path, source, megabytes=None):
    size = 0
    with open(path, "w", encoding="utf-8") as out:
        for article in articles([source]):
            if megabytes and size >= megabytes * 1e6:
                break
            out.write(article["text"].strip() + "\n")
            size += len(article["text"].encode())
    return size / 1e6


# What is hard to read in linear time: how to write it at a size, and the size.
HARD = {
    "one line of 50 MB": (lambda n: itertools.repeat(ARTICLE.strip(), n // len(ARTICLE.strip().encode())), 50_000_000),
    "one line of 1 MB": (lambda n: itertools.repeat(ARTICLE.strip(), n // len(ARTICLE.strip().encode())), 1_000_000),
    "one sentence of 5 MB": (lambda n: itertools.repeat("中国と日本が会談し、", n // 30), 5_000_000),
    "a million 「": (lambda n: itertools.repeat("「", n), 1_000_000),
    "ten thousand nested brackets": (lambda n: ["「（" * (n // 2), "中国は反対した", "）」" * (n // 2)], 10_000),
    "a million nested brackets": (lambda n: ["「" * n, "中国は反対した", "」" * n], 1_000_000),
    "a hundred thousand commas": (lambda n: itertools.repeat("、", n), 100_000),
    "a million commas": (lambda n: itertools.repeat("、", n), 1_000_000),
    "kanji digits only, 1 MB": (lambda n: itertools.repeat("一二三四五六七八九〇", n // 30), 1_000_000),
    "万 and 億 only, 1 MB": (lambda n: itertools.repeat("一万億", n // 9), 1_000_000),
    "digits only, 1 MB": (lambda n: itertools.repeat("0123456789", n // 10), 1_000_000),
    "one word, 1 MB": (lambda n: itertools.repeat("中国", n // 6), 1_000_000),
    "one name of a person, 1 MB": (lambda n: itertools.repeat("習近平国家主席", n // 21), 1_000_000),
    "one date, 1 MB": (lambda n: itertools.repeat("2024年5月6日", n // 15), 1_000_000),
    "one letter, 1 MB": (lambda n: itertools.repeat("a", n), 1_000_000),
    "katakana only, 1 MB": (lambda n: itertools.repeat("アイウエオ", n // 15), 1_000_000),
    "line ends only, 1 MB": (lambda n: itertools.repeat("\n", n), 1_000_000),
    "one short sentence, 3 MB": (lambda n: itertools.repeat("中国は反対した。", n // 24), 3_000_000),
}


def write_hard(path, make, size):
    with open(path, "w", encoding="utf-8") as out:
        for piece in make(size):
            out.write(piece)


# --- sections --------------------------------------------------------------------------------------------------------

class Bench:
    def __init__(self, options):
        self.options = options
        self.entente = os.path.join(options.bin, "entente")
        self.work = options.work
        os.makedirs(self.work, exist_ok=True)
        self.sources = [options.corpus] if options.corpus else self.generated()
        self.text = self.file("articles.jsonl")
        self.megabytes, self.count = write_articles(self.text, self.sources)

    def file(self, name):
        return os.path.join(self.work, name)

    def generated(self):
        subprocess.run([os.path.join(self.options.bin, "generate"), "--documents", "4000", "--seed", "1",
                        "--out", self.work + "/generated"], check=True, stderr=subprocess.DEVNULL)
        return [os.path.join(ROOT, "samples/articles.jsonl"), self.work + "/generated/articles.jsonl"]

    def code(self, path, jobs=None):
        return [self.entente, "code"] + (["--jobs", str(jobs)] if jobs else []) + [path], None

    def speed(self):
        plain = self.file("plain.txt")
        write_plain(plain, self.text)
        one, all_cores = "Entente, whole records, one thread", f"Entente, whole records, {os.cpu_count()} threads"
        commands = {one: self.code(self.text, 1), all_cores: self.code(self.text)}
        tokenize = os.path.join(self.options.bin, "tokenize")
        if os.path.exists(tokenize):
            commands["Entente's tokenizer alone"] = [tokenize, self.text], None
            dictionary = self.file("vibrato.dic")
            with_vibrato = [tokenize, "--vibrato", dictionary, self.text]
            # The first run makes the dictionary.
            subprocess.run(with_vibrato, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            commands["vibrato, the same dictionary"] = with_vibrato, None
        mecab = "MeCab, wakati"
        if shutil.which("mecab"):
            commands[mecab] = ["mecab", "-Owakati", "-b", "1000000"], plain
        else:
            print("MeCab is not installed; going on without it", file=sys.stderr)
        runs = in_turns(commands, self.options.rounds)
        base = runs[mecab if mecab in runs else one][0]
        rows = [(name, f"{seconds:.2f}", f"{self.megabytes / seconds:.1f}", f"{self.count / seconds:.0f}",
                 f"{base / seconds:.2f}", f"{memory:.0f}") for name, (seconds, memory) in runs.items()]
        ratio = "× " + ("MeCab" if mecab in runs else "one thread")
        out = f"{self.count} articles, {self.megabytes:.1f} MB of text, medians of {self.options.rounds} rounds.\n\n"
        out += table(["what", "seconds", "MB/s", "articles/s", ratio, "peak MB"], rows)
        if self.options.peers:
            out += "\n" + self.peers()
        return out

    def peers(self):
        """The peers in Python, on a small part and without the time they take to load."""
        sys.path.insert(0, os.path.join(ROOT, "tools/peers"))
        import peers
        python = peers.environment(self.options.venv)
        part = self.file("part.txt")
        megabytes = write_plain(part, self.text, self.options.peers_megabytes)
        rows = []
        for name, make in PEERS.items():
            done = subprocess.run([python, "-c", PEER_LOOP.format(make=make), part], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL)
            if done.returncode:
                print(f"{name} cannot be run; going on without it", file=sys.stderr)
                continue
            seconds = float(done.stdout)
            rows.append((name, f"{seconds:.2f}", f"{megabytes / seconds:.4f}"))
        return f"On the first {megabytes:.2f} MB, loading not counted.\n\n" + table(["what", "seconds", "MB/s"], rows)

    def linear(self):
        rows = []
        for megabytes in [1, 10, 100] + ([1000] if self.options.large else []):
            path = self.file("linear.jsonl")
            size, _ = write_articles(path, self.sources, megabytes)
            rounds = self.options.rounds if megabytes < 100 else 1
            seconds, memory = in_turns({"": self.code(path, 1)}, rounds)[""]
            rest = max(seconds - self.empty(), 1e-9)
            rows.append((f"{size:.0f}", f"{seconds:.2f}", f"{1000 * rest / size:.1f}", f"{memory:.0f}"))
            os.remove(path)
        return "One thread; the start of the process is not in the time of a MB.\n\n" + table(
            ["MB", "seconds", "ms a MB", "peak MB"], rows)

    def empty(self):
        """Seconds of a run with next to nothing to read."""
        if not hasattr(self, "start_seconds"):
            path = self.file("short.txt")
            write_hard(path, lambda _: [ARTICLE], 0)
            self.start_seconds = in_turns({"": self.code(path, 1)}, 20)[""][0]
        return self.start_seconds

    def hard(self):
        rows = []
        for name, (make, size) in HARD.items():
            paths = [self.file(f"hard-{times}.txt") for times in (1, 2)]
            for times, path in zip((1, 2), paths):
                write_hard(path, make, size * times)
            runs = in_turns({path: self.code(path, 1) for path in paths}, self.options.hard_rounds, LONGEST)
            (once, first), (twice, second) = (runs[path] for path in paths)
            # Below some milliseconds there is nothing to compare.
            measured = 0.01 < once - self.empty() and twice < float("inf")
            growth = (twice - self.empty()) / (once - self.empty()) if measured else None
            rows.append((name, f"{once:.2f}", f"{twice:.2f}", f"{growth:.2f}" if growth else "–", f"{first:.0f}",
                         f"{second:.0f}"))
            print("|", " | ".join(rows[-1]), "|", file=sys.stderr)
            for path in paths:
                os.remove(path)
        return f"One thread; a run of {LONGEST} s is given up (inf); growth is without the start of the process, 2 is linear.\n\n" + table(
            ["input", "seconds", "at twice the size", "growth", "peak MB", "at twice the size"], rows)

    def same(self):
        hashes = {}
        for jobs in (1, 2, 3, 8):
            done = hashlib.sha256()
            child = subprocess.Popen(self.code(self.text, jobs)[0], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            for piece in iter(lambda: child.stdout.read(1 << 20), b""):
                done.update(piece)
            if child.wait():
                failed.append(f"{jobs} threads: ended with {child.returncode}")
            hashes[jobs] = done.hexdigest()
        if len(set(hashes.values())) > 1:
            failed.append(f"the output is not the same for any number of threads: {hashes}")
            return "The output differs with the number of threads.\n"
        return "The output is the same, byte for byte, with 1, 2, 3 and 8 threads.\n"

    def start(self):
        path = self.file("short.txt")
        write_hard(path, lambda _: [ARTICLE], 0)
        seconds, memory = in_turns({"": self.code(path)}, 20)[""]
        return f"A short article is answered {seconds:.3f} s after the process is started (median of 20), " \
               f"in {memory:.0f} MB.\n"


TITLES = {"speed": "Beside others", "linear": "By the size of the input", "hard": "Inputs made to be slow",
          "same": "By the number of threads", "start": "One article"}


def save(path, section, text):
    """Puts a section between its marks."""
    begin, end = f"<!-- bench {section} -->", f"<!-- end bench {section} -->"
    with open(path, encoding="utf-8") as file:
        old = file.read()
    if begin not in old or end not in old:
        sys.exit(f"{path}: has no {begin} … {end}")
    before, after = old.split(begin, 1)[0], old.split(end, 1)[1]
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{before}{begin}\n\n{text}\n{end}{after}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--bin", default=os.path.join(ROOT, "target/release"),
                        help="folder of the binaries entente, generate and tokenize")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="a section; may be given again")
    parser.add_argument("--corpus", help="JSON Lines with id and text")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--hard-rounds", type=int, default=3)
    parser.add_argument("--peers", action="store_true", help="also ja-timex and GiNZA, which are installed if need be")
    parser.add_argument("--peers-megabytes", type=float, default=0.05, help="how much of the text they are given")
    parser.add_argument("--venv", default=os.path.join(ROOT, "target/peers"), help="their environment")
    parser.add_argument("--large", action="store_true", help="also 1,000 MB in the section linear")
    parser.add_argument("--work", default=os.path.join(ROOT, "target/bench-speed"), help="folder of the inputs")
    parser.add_argument("--save", metavar="FILE", help="write each section into FILE between its marks")
    options = parser.parse_args()
    bench = Bench(options)
    for section in SECTIONS:
        if not options.only or section in options.only:
            text = f"### {TITLES[section]}\n\n{getattr(bench, section)()}"
            print(text, flush=True)
            if options.save and not failed:
                save(options.save, section, text)
    if failed:
        sys.exit("\n".join(failed))


if __name__ == "__main__":
    main()
