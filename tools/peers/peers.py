#!/usr/bin/env python3
"""Compare Entente with three readers of Japanese that others made, on the same articles.

usage: peers.py --entente BINARY [--venv DIR] [--out FILE] GOLD_DIR...

GOLD_DIR holds NAME.gold.json (see samples/README.md). ja-timex reads times, pyNormalizeNumExp times and numbers,
GiNZA names; each runs as its authors ship it, and what it gives is brought to the form of docs/formats.md before it
is compared: a date that lacks its year or month takes that of publication, as ja-timex itself does, and units are
counted in the same base units on both sides. A virtual environment is made in DIR at the first run.

Also runs the expressions of times.tsv and numbers.tsv beside this file: the range of what the peers document.
"""
import argparse
import calendar
import collections
import datetime
import difflib
import glob
import json
import math
import os
import re
import subprocess
import sys
import venv

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = [["ja-timex==0.2.8", "pynormalizenumexp==0.3.4"], ["ja_ginza==5.3.0"], ["ja_ginza==5.2.0"]]


# --- the environment -------------------------------------------------------------------------------------------------

def environment(folder):
    """The interpreter of the environment with the peers, which is made where it is not there."""
    python = os.path.join(folder, "bin", "python")
    mark = os.path.join(folder, "complete")
    if not os.path.exists(mark):
        print(f"making {folder} with {', '.join(PACKAGES[0] + PACKAGES[1])} (this takes a while)", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run(install + PACKAGES[0], check=True)
        if not any(subprocess.run(install + choice).returncode == 0 for choice in PACKAGES[1:]):
            print("GiNZA cannot be installed here; going on without it", file=sys.stderr)
        open(mark, "w").close()
    return python


# --- dates -----------------------------------------------------------------------------------------------------------

def month_end(year, month):
    return calendar.monthrange(year, month)[1]


def months(year, month, step):
    index = year * 12 + month - 1 + step
    return index // 12, index % 12 + 1


def show(year, month=None, day=None):
    out = f"-{-year:04d}" if isinstance(year, int) and year < 0 else ("XXXX" if year is None else f"{year:04d}")
    if month is not None or day is not None:
        out += "-" + ("XX" if month is None else f"{month:02d}")
    if day is not None:
        out += f"-{day:02d}"
    return out


def counted(unit, count, day):
    """The date that lies `count` units from a day, as precise as the unit."""
    if unit == "Y":
        if count != int(count):
            return show(*months(day.year, day.month, round(count * 12)))
        return show(day.year + int(count)) if 0 < day.year + count < 10000 else None
    if unit == "M":
        if count != int(count):
            return (day + datetime.timedelta(days=round(count * 30))).isoformat()
        return show(*months(day.year, day.month, int(count)))
    days = count * (7 if unit == "W" else 1)
    return (day + datetime.timedelta(days=round(days))).isoformat()


YEAR_PARTS = {"START": (1, 3), "MID": (5, 8), "END": (12, 12)}
MONTH_PARTS = {"START": (1, 10), "MID": (11, 20), "END": (21, 31)}


def places(text, changed):
    """Of a place in `changed`, the place in `text` that it comes from."""
    if text == changed:
        return lambda at: at
    blocks = difflib.SequenceMatcher(None, text, changed, autojunk=False).get_matching_blocks()

    def place(at):
        for block in blocks:
            if at < block.b:
                return block.a
            if at <= block.b + block.size:
                return block.a + at - block.b
        return len(text)
    return place


class JaTimex:
    """ja-timex: TIMEX3 tags."""

    name = "ja-timex"

    def __init__(self):
        from ja_timex import TimexParser
        self.parser = TimexParser()

    def times(self, text, published):
        found = []
        for line in re.finditer(r"[^。\n]+[。\n]?", text):
            tags = self.parser.parse(line.group())
            # Its places are those of the text after it has written all numbers alike.
            place = places(line.group(), self.parser.processed_text)
            for tag in tags:
                value = self.value(tag, published)
                if value:
                    start, end = (line.start() + place(at) for at in tag.span)
                    found.append({"start": start, "end": end, "value": value,
                                  "from": bool(tag.range_start), "to": bool(tag.range_end)})
        out = []
        for time in found:
            if time["to"] and out and out[-1]["from"]:
                first = out.pop()
                ends = first["value"].split("/")[0], time["value"].split("/")[-1]
                if re.fullmatch(r"\d{4}-\d\d-\d\d", ends[0]) and ends[1] < ends[0]:
                    time["value"] = ends[1]
                time = {**time, "start": first["start"], "value": "/".join(ends)}
            out.append(time)
        return out

    def value(self, tag, published):
        if tag.type == "DATE":
            value = self.date(tag.value, tag.mod, tag.text, published)
        elif tag.type == "DURATION" and tag.mod in ("BEFORE", "AFTER", "NOW"):
            unit = re.fullmatch(r"P(T?)([\d.]+)([YMWDHS])", tag.value)
            if not unit or unit[1] or not published:
                return None
            count = float(unit[2]) * {"BEFORE": -1, "AFTER": 1, "NOW": 0}[tag.mod]
            if unit[3] == "W" and re.search("[先今来]週", tag.text):
                monday = published - datetime.timedelta(days=published.weekday() - 7 * int(count))
                return f"{monday}/{monday + datetime.timedelta(days=6)}"
            return counted(unit[3], count, published)
        else:
            return None
        if value and tag.mod == "ON_OR_AFTER":
            return value.split("/")[0] + "/.."
        if value and tag.mod == "ON_OR_BEFORE":
            return "../" + value.split("/")[-1]
        return value

    @staticmethod
    def date(value, mod, text, published):
        year = published.year if published else None
        season = re.fullmatch(r"(\d{4}|XXXX)-(SP|SU|FA|WI|Q[1-4])", value)
        if season:
            year = year if season[1] == "XXXX" else int(season[1])
            first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10}[season[2]]
            if year is None:
                return f"XXXX-{first:02d}/XXXX-{first + 2:02d}"
            return show(year, first) + "/" + show(*months(year, first, 2))
        if value.startswith("FY"):
            return f"{int(value[2:]):04d}-04/{int(value[2:]) + 1:04d}-03"
        if re.fullmatch(r"(BC)?\d\dXX", value):
            before = int(value[-4:-2]) * 100
            if value.startswith("BC"):
                return show(-before - 99) + "/" + show(-before)
            first, last = {"START": (1, 20), "MID": (40, 60), "END": (81, 100)}.get(mod, (1, 100))
            return show(before + first) + "/" + show(before + last)
        if value.startswith("BC"):
            return show(1 - int(value[2:]))
        if "-WXX-" in value:
            if not published:
                return "XXXX-XX-XX"
            # The last such day, as news has it.
            back = (published.weekday() - (int(value[-1]) - 1)) % 7
            return (published - datetime.timedelta(days=back)).isoformat()
        parts = value.split("-")
        if len(parts) != 3:
            return None
        year, month, day = (None if "X" in part else int(part) for part in parts)
        if published and year is None:
            year = published.year
            if month is None and day is not None:
                month = published.month
        if mod in YEAR_PARTS and month is None and day is None and year is not None:
            first, last = YEAR_PARTS[mod]
            if "半" in text and "半ば" not in text:
                first, last = (1, 6) if "前" in text else (7, 12)
            return show(year, first) if first == last else f"{show(year, first)}/{show(year, last)}"
        if mod in MONTH_PARTS and month is not None and day is None and year is not None:
            first, last = MONTH_PARTS[mod]
            last = min(last, month_end(year, month))
            if "末" in text:
                return show(year, month, last)
            return f"{show(year, month, first)}/{show(year, month, last)}"
        return show(year, month, day)


class NumExp:
    """pyNormalizeNumExp: numbers and times with lower and upper bounds."""

    name = "pyNormalizeNumExp"
    PARTS = ("year", "month", "day")

    def __init__(self):
        from pynormalizenumexp.normalize_numexp import NormalizeNumexp
        self.normalizer = NormalizeNumexp("ja")
        self.last = (None, None)

    def read(self, text):
        if self.last[0] != text:
            found = []
            # It is made for sentences; on a whole article it takes minutes.
            for line in re.finditer(r"[^。\n]+[。\n]?", text):
                try:
                    results = self.normalizer.normalize(line.group(), as_dict=True)
                except Exception:  # it fails on some sentences
                    continue
                for one in results:
                    one["start"] = one["position_start"] + line.start()
                    one["end"] = one["position_end"] + line.start()
                    found.append(one)
            self.last = (text, found)
        return self.last[1]

    def end(self, absolute, relative, published):
        known = {part: (None if math.isinf(absolute[part]) else int(absolute[part])) for part in self.PARTS}
        year, month, day = (known[part] for part in self.PARTS)
        if relative and published:
            steps = [(part, relative[part]) for part in self.PARTS if not math.isinf(relative[part])]
            if not steps:
                return None
            part, step = steps[-1]
            if part == "day":
                return counted("D", step, published)
            if part == "month" and step == int(step):
                base, month = months(published.year, published.month, int(step) + 12 * sum(
                    int(other) for name, other in steps if name == "year"))
                return show(base, month, day)
            if step != int(step):
                return counted("Y", step, published)
            return show(published.year + int(step), month, day) if 0 < published.year + step < 10000 else None
        if relative or (year, month, day) == (None, None, None):
            return None
        if published and year is None:
            year = published.year
            if month is None:
                month = published.month
        if month is not None and not 1 <= month <= 12 or day is not None and not 1 <= day <= 31:
            return None
        return show(year, month, day)

    def times(self, text, published):
        out = []
        for one in self.read(text):
            if one["type"] == "abstime":
                pair = [self.end(one[f"value_{side}_bound"], None, published) for side in ("lower", "upper")]
            elif one["type"] == "reltime":
                pair = [self.end(one[f"value_{side}_bound_abs"], one[f"value_{side}_bound_rel"], published)
                        for side in ("lower", "upper")]
            else:
                continue
            first, last = pair
            if first is None and last is None:
                continue
            if first is None or last is None:
                value = f"{first or '..'}/{last or '..'}"
            else:
                value = first if first == last else f"{first}/{last}"
            if "kara_suffix" in one["options"] and "/" not in value:
                value += "/.."
            out.append({"start": one["start"], "end": one["end"], "value": value})
        return out

    def figures(self, text):
        return [{"start": one["start"], "end": one["end"], "low": one["value_lower_bound"],
                 "high": one["value_upper_bound"], "unit": NUMEXP_UNITS.get(one["counter"], "count")}
                for one in self.read(text) if one["type"] == "numerical" and "ordinary" not in one["options"]]


NUMEXP_UNITS = {
    "円": "JPY", "ドル": "USD", "ユーロ": "EUR", "ポンド": "GBP", "ウォン": "KRW", "ルピー": "INR", "フラン": "CHF",
    "カナダドル": "CAD", "シンガポールドル": "SGD", "ペソ": "PHP", "%": "%", "倍": "1", "ポイント": "pp",
    "m": "m", "g": "g", "l": "L", "W": "W", "J": "J", "Pa": "Pa", "Hz": "Hz", "Sv": "Sv", "Bq": "Bq", "cal": "cal",
    "m2": "m2", "m3": "m3", "ha": "ha", "m/h": "m/h", "m/s": "m/s", "バレル": "bbl", "ガロン": "[gal_us]", "℃": "Cel",
    "海里": "[nmi_i]", "ノット": "[kn_i]", "マイル": "[mi_i]", "フィート": "[ft_i]", "バイト": "By", "インチ": "[in_i]",
}
# Into what both sides are counted.
BASE = {"t": ("g", 1e6), "kg": ("g", 1e3), "mg": ("g", 1e-3), "km2": ("m2", 1e6), "km": ("m", 1e3), "cm": ("m", 1e-2),
        "mm": ("m", 1e-3), "km/h": ("m/h", 1e3), "kL": ("L", 1e3), "mL": ("L", 1e-3), "mSv": ("Sv", 1e-3),
        "uSv": ("Sv", 1e-6), "kW": ("W", 1e3), "MW": ("W", 1e6), "GW": ("W", 1e9), "hPa": ("Pa", 1e2),
        "kHz": ("Hz", 1e3), "MHz": ("Hz", 1e6), "GHz": ("Hz", 1e9), "MBy": ("By", 1e6), "GBy": ("By", 1e9),
        "kcal": ("cal", 1e3)}


def base(value, unit):
    to, factor = BASE.get(unit, (unit, 1.0))
    return value * factor, to


class Ginza:
    """GiNZA: names of Sekine's extended hierarchy."""

    name = "GiNZA"
    ORGANIZATION = {"Organization_Other", "International_Organization", "Company", "Company_Group", "Government",
                    "Political_Party", "Political_Organization_Other", "Military", "Cabinet", "Corporation_Other",
                    "Show_Organization", "Sports_Organization_Other", "Pro_Sports_Organization", "Ethnic_Group_Other"}
    PLACE = {"City", "Province", "County", "GPE_Other", "Region_Other", "Domestic_Region", "Continental_Region",
             "Geological_Region_Other", "Island", "Sea", "River", "Mountain", "Lake", "Bay", "Location_Other",
             "Facility_Other", "GOE_Other", "Airport", "Port", "Public_Institution"}

    def __init__(self):
        import spacy
        self.nlp = spacy.load("ja_ginza")

    def mentions(self, text):
        out = []
        for line in re.finditer(r"[^\n]+", text):
            for name in self.nlp(line.group()).ents:
                label = name.label_
                kind = ("person" if label == "Person" else "state" if label == "Country" else
                        "organization" if label in self.ORGANIZATION else "place" if label in self.PLACE else None)
                if kind:
                    out.append({"start": line.start() + name.start_char, "end": line.start() + name.end_char,
                                "kind": kind})
        return out


# --- comparing -------------------------------------------------------------------------------------------------------

def overlap(a, b):
    return a["start"] < b["end"] and b["start"] < a["end"]


def right_time(gold, time):
    return overlap(gold, time) and gold["value"] == time["value"]


def right_figure(gold, figure):
    if not overlap(gold, figure):
        return False
    value, unit = base(gold["value"], gold["unit"])
    if "low" in figure:
        low, low_unit = base(figure["low"], figure["unit"])
        high, _ = base(figure["high"], figure["unit"])
        if low_unit != unit:
            return False
        near = any(math.isclose(value, end, rel_tol=1e-6) for end in (low, high) if math.isfinite(end))
        return near or low <= value <= high
    other, other_unit = base(figure["value"], figure["unit"])
    return other_unit == unit and math.isclose(value, other, rel_tol=1e-6)


def right_name(gold, name):
    return (gold["start"], gold["end"], gold["kind"]) == (name["start"], name["end"], name["kind"])


class Tally:
    def __init__(self):
        self.right = self.found = self.gold = 0

    def add(self, golds, found, fits):
        """One to one; returns the indices of the golds that are matched."""
        used, matched = set(), set()
        for at, gold in enumerate(golds):
            for other, one in enumerate(found):
                if other not in used and fits(gold, one):
                    used.add(other)
                    matched.add(at)
                    break
        self.right += len(matched)
        self.found += len(found)
        self.gold += len(golds)
        return matched

    def row(self):
        p = self.right / self.found if self.found else 0.0
        r = self.right / self.gold if self.gold else 0.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


def code(entente, documents):
    """Records of documents by id."""
    lines = "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents)
    command = [entente, "code", "-"]
    result = subprocess.run(command, input=lines, capture_output=True, text=True)
    if result.returncode:
        sys.exit(result.stderr)
    records = (json.loads(line) for line in result.stdout.splitlines() if line.strip())
    return {record["document"]["id"]: record for record in records}


def day_of(text):
    return datetime.date.fromisoformat(text[:10]) if text else None


def compare(entente, folder, readers, out):
    golds = [json.load(open(path, encoding="utf-8")) for path in sorted(glob.glob(os.path.join(folder, "*.gold.json")))]
    documents = [{"id": str(at), "text": gold["text"], "published": gold.get("published")}
                 for at, gold in enumerate(golds)]
    records = code(entente, [{k: v for k, v in document.items() if v} for document in documents])
    tallies = collections.defaultdict(Tally)
    left = []
    for document, gold in zip(documents, golds):
        text, record = gold["text"], records[document["id"]]
        published = day_of(gold.get("published"))
        words = lambda one: text[one["start"]:one["end"]]
        mine = tallies["times", "value", "Entente"].add(gold["times"], record["times"], right_time)
        tallies["times", "place", "Entente"].add(gold["times"], record["times"], overlap)
        numbers = tallies["numbers", "value", "Entente"].add(gold["figures"], record["figures"], right_figure)
        for kind in KINDS:
            tallies["names", kind, "Entente"].add(
                [one for one in gold["mentions"] if one["kind"] == kind],
                [one for one in record["mentions"] if one["kind"] == kind], right_name)
        for reader in readers:
            if hasattr(reader, "times"):
                times = reader.times(text, published)
                theirs = tallies["times", "value", reader.name].add(gold["times"], times, right_time)
                tallies["times", "place", reader.name].add(gold["times"], times, overlap)
                left += [(reader.name, "time", words(gold["times"][at]), gold["times"][at]["value"])
                         for at in sorted(theirs - mine)]
            if hasattr(reader, "figures"):
                figures = reader.figures(text)
                theirs = tallies["numbers", "value", reader.name].add(gold["figures"], figures, right_figure)
                left += [(reader.name, "number", words(gold["figures"][at]),
                          f"{gold['figures'][at]['value']:g} {gold['figures'][at]['unit']}")
                         for at in sorted(theirs - numbers)]
            if hasattr(reader, "mentions"):
                names = reader.mentions(text)
                for kind in KINDS:
                    tallies["names", kind, reader.name].add(
                        [one for one in gold["mentions"] if one["kind"] == kind],
                        [one for one in names if one["kind"] == kind], right_name)
    print(f"\n{len(golds)} articles\n", file=out)
    print("| what | reader | precision | recall | F1 | in gold |\n|---|---|---|---|---|---|", file=out)
    for (layer, what, name), tally in sorted(tallies.items(), key=lambda item: (ORDER.index(item[0][:2]), item[0])):
        p, r, f = tally.row()
        print(f"| {LABELS[layer, what]} | {name} | {p:.3f} | {r:.3f} | {f:.3f} | {tally.gold} |", file=out)
    tell_left(left, out)


KINDS = ("person", "organization", "place", "state")
LABELS = {("times", "value"): "times, value", ("times", "place"): "times, place alone",
          ("numbers", "value"): "numbers, value and unit",
          **{("names", kind): f"names, {kind}s" for kind in KINDS}}
ORDER = list(LABELS)


def tell_left(left, out):
    print("\nRead rightly by a peer and not by Entente: " + ("" if left else "none."), file=out)
    for name, what, words, value in left:
        print(f"- {what} {words!r} = {value} ({name})", file=out)


# --- the range that the peers document -------------------------------------------------------------------------------

def rows(name):
    for line in open(os.path.join(HERE, name), encoding="utf-8"):
        line = line.rstrip("\n")
        if line and not line.startswith("#"):
            yield (line.split("\t") + [""] * 4)[:5]


def expressions(entente, readers, out):
    """Every expression alone and in a sentence, against the value that it should have."""
    cases = []
    for words, value, published, sentence, _ in rows("times.tsv"):
        cases.append(("time", words, value, published or "2024-05-16", sentence or "両首脳は{}に会談した。"))
    for words, value, unit, bound, sentence in rows("numbers.tsv"):
        cases.append(("number", words, (value, unit, bound), None, sentence or "規模は{}だった。"))
    documents = [{"id": str(at), "text": sentence.replace("{}", words), **({"published": day} if day else {})}
                 for at, (_, words, _, day, sentence) in enumerate(cases)]
    records = code(entente, documents)
    counts, left, wrong = collections.Counter(), [], []
    for document, (what, words, value, day, sentence) in zip(documents, cases):
        start = sentence.index("{}")
        place = {"start": start, "end": start + len(words)}
        record = records[document["id"]]

        def right(found):
            here = [one for one in found if overlap(one, place)]
            if what == "time":
                return not here if value == "-" else len(here) == 1 and here[0]["value"] == value
            if value[0] == "-":
                return not here
            gold = {**place, "value": float(value[0]), "unit": value[1]}
            return any(right_figure(gold, one) and (not value[2] or one.get("bound", value[2]) == value[2])
                       for one in here)

        mine = right(record["times" if what == "time" else "figures"])
        counts[what, "Entente"] += mine
        counts[what, "all"] += 1
        shown = value if what == "time" else " ".join(value).strip()
        if not mine:
            wrong.append((what, words, shown))
        for reader in readers:
            text = document["text"]
            if what == "time" and hasattr(reader, "times"):
                theirs = right(reader.times(text, day_of(day)))
            elif what == "number" and hasattr(reader, "figures"):
                theirs = right(reader.figures(text))
            else:
                continue
            counts[what, reader.name] += theirs
            if theirs and not mine:
                left.append((reader.name, what, words, shown))
    print("\n| expressions | reader | right | of |\n|---|---|---|---|", file=out)
    for what in ("time", "number"):
        for name in ["Entente"] + [reader.name for reader in readers]:
            if (what, name) in counts:
                print(f"| {what}s | {name} | {counts[what, name]} | {counts[what, 'all']} |", file=out)
    for what, words, shown in wrong:
        print(f"- not read by Entente: {what} {words!r} = {shown}", file=out)
    tell_left(left, out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entente", required=True)
    parser.add_argument("--venv", default="target/peers")
    parser.add_argument("--out")
    parser.add_argument("folders", nargs="+")
    args = parser.parse_args()
    folder = os.path.abspath(args.venv)
    if os.path.abspath(sys.prefix) != folder:
        python = environment(folder)
        os.execv(python, [python] + sys.argv)
    readers = [JaTimex(), NumExp()]
    try:
        readers.append(Ginza())
    except (ImportError, OSError) as error:
        print(f"without GiNZA: {error}", file=sys.stderr)
    out = open(args.out, "w", encoding="utf-8") if args.out else sys.stdout
    for gold in args.folders:
        print(f"\n## {os.path.basename(os.path.normpath(gold))}", file=out)
        compare(args.entente, gold, readers, out)
    print("\n## The range that the peers document", file=out)
    expressions(args.entente, readers, out)


if __name__ == "__main__":
    main()
