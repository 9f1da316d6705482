#!/usr/bin/env python3
"""Train the model that tells a page's main text, and write its tables.

    train/page_train.py --tool build/train/page_features --shared ../shared
        --work FOLDER --out model/en/page.tables [--grow]

Needs numpy, scipy, scikit-learn and lightgbm. In: the pages of shared/data/extract.
Learns from half A of their sites, chooses and reports on half B (halves.tsv).

A block is main text where its words stand in the page's reference text (wcxb-dev),
or where a string that must be there lies in it (trafilatura-eval). Of the latter only blocks
with such strings count at first; the rest takes the labels that trees
give which have not seen the site.

  1. class and text words   logistic regression on hashed words, each alone
  2. first trees            boosted trees on the features of each block
  3. second trees           the same and what the first say of the blocks around

What feeds a later step is predicted by models that have not seen the site (four folds).
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import urllib.parse
import zlib

import lightgbm
import numpy
import scipy.sparse
from sklearn.linear_model import LogisticRegression

WEIGHTS = 1 << 13
FOLDS = 4
WORD = re.compile(r"\w+")
SHORT_WORDS = 12
CLIP = 3.0
GUESSED = 0.3  # what a page weighs whose blocks have guessed labels; others weigh 1
FIRST = dict(trees=80, leaves=24)
SECOND = dict(trees=120, leaves=24)


class Site:
    """A page: its blocks, their rows, labels (1, 0, nan) and weights."""

    def __init__(self, record, rows, url):
        self.id, self.blocks, self.rows = record["id"], record["blocks"], rows
        host = urllib.parse.urlsplit(url or "").netloc or self.id
        self.fold = zlib.crc32(host.encode()) % FOLDS
        self.label = numpy.full(len(rows), numpy.nan)
        self.weight = numpy.zeros(len(rows))
        self.gold = None


# ---------------------------------------------------------------- data


def squeeze(text):
    return " ".join(text.split())


def words_of(text):
    return WORD.findall(text.lower())


def read_features():
    """The names of the features, from the header that lists them."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    with open(os.path.join(root, "src", "clean", "page_feature.h"), encoding="utf-8") as file:
        text = file.read()
    listed = re.search(r"enum PageFeature \{(.*?)\}", text, re.S).group(1)
    return [name.lower() for name in re.findall(r"\bFEATURE_(?!COUNT)(\w+)", listed)]


def write_pages(shared, path):
    sys.path.insert(0, os.path.join(shared, "score"))
    import extract
    import pathlib
    urls = {}
    with open(path, "w", encoding="utf-8") as out:
        for part in sorted(pathlib.Path(shared, "data", "extract").glob("*/pages-*.jsonl.gz")):
            for page in extract.read_lines(part):
                urls[page["id"]] = page.get("url")
                out.write(json.dumps({"id": page["id"], "html": extract.page_html(page)}, ensure_ascii=False) + "\n")
    return urls


def load(options, names):
    pages, out = os.path.join(options.work, "pages.jsonl"), os.path.join(options.work, "features")
    urls = write_pages(options.shared, pages)
    subprocess.run([options.tool, pages, out], check=True)
    rows = numpy.fromfile(out + ".f32", dtype=numpy.float32).reshape(-1, len(names))
    sites, at = {}, 0
    with open(out + ".jsonl", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            count = len(record["blocks"])
            sites[record["id"]] = Site(record, rows[at:at + count].copy(), urls.get(record["id"]))
            at += count
    return sites


def gold_of(shared, name):
    import extract
    import pathlib
    return list(extract.read_lines(pathlib.Path(shared, "data", "extract", name, "gold.jsonl.gz")))


# ---------------------------------------------------------------- labels


def shingles(words, size):
    return [tuple(words[i:i + size]) for i in range(len(words) - size + 1)]


def label_by_text(site, text):
    """Blocks whose words stand in the reference, each reference line used as often as it is there."""
    gold = words_of(text)
    known = {size: set(shingles(gold, size)) for size in (1, 2, 3, 4)}
    lines = collections.Counter(" ".join(words_of(line)) for line in text.split("\n"))
    left = collections.Counter(lines)
    total = max(1, len(gold))
    used = collections.Counter()
    for i, block in enumerate(site.blocks):
        words = words_of(block["text"])
        site.weight[i] = min(1.0, (len(words) + 1) / total)
        if not words:
            site.label[i], site.weight[i] = 0, 0
            continue
        key = " ".join(words)
        if len(words) < 4:
            site.label[i] = float(key in lines)
        else:
            runs = shingles(words, 4)
            share = sum(run in known[4] for run in runs) / len(runs)
            site.label[i] = share if 0.3 < share < 0.7 else float(share >= 0.7)
        if site.label[i] >= 0.5:
            used[key] += 1
    settle_doubles(site, used, left, words_of)


def settle_doubles(site, used, left, cut):
    """Of blocks with the same text, as many are main text as the reference has lines of it: those among the most others."""
    label = numpy.nan_to_num(site.label)
    size = numpy.array([len(cut(b["text"])) for b in site.blocks], dtype=float)
    mass = label * size
    for key, count in used.items():
        places = [i for i, b in enumerate(site.blocks) if label[i] >= 0.5 and " ".join(cut(b["text"])) == key]
        allowed = max(1, left.get(key, 1))
        if count <= allowed:
            continue
        near = {i: mass[max(0, i - 6):i + 7].sum() - sum(mass[j] for j in places if abs(j - i) <= 6) for i in places}
        for i in sorted(places, key=lambda i: -near[i])[allowed:]:
            site.label[i] = 0


def label_by_strings(site, item):
    texts = [squeeze(b["text"]) for b in site.blocks]
    for strings, value in ((item["with"], 1.0), (item["without"], 0.0)):
        for string in map(squeeze, strings):
            places = [i for i, t in enumerate(texts) if string in t]
            if not places:
                places = [i for i, t in enumerate(texts) if len(t) >= 12 and t in string]
            if value:
                places = places[:1] if len(places) > 3 else places
            for i in places:
                if not (value == 0 and site.label[i] == 1):
                    site.label[i] = value
                    site.weight[i] += 0.25 / len(places)


def label(sites, shared):
    for item in gold_of(shared, "wcxb-dev"):
        site = sites[item["page"]]
        site.gold = item
        if words_of(item["text"]):
            label_by_text(site, item["text"])
    for item in gold_of(shared, "trafilatura-eval"):
        site = sites.get(item["page"])
        if site:
            site.gold = item
            label_by_strings(site, item)


# ---------------------------------------------------------------- hashed words


def class_rows(sites):
    """A row for each block: which words stand in the classes of what holds it."""
    indices, pointers = [], [0]
    for site in sites:
        for block in site.blocks:
            indices.extend({w for part in block["path"] for w in part})
            pointers.append(len(indices))
    return scipy.sparse.csr_matrix((numpy.ones(len(indices), numpy.float32), indices, pointers),
                                   shape=(len(pointers) - 1, WEIGHTS))


def text_rows(sites):
    indices, values, pointers = [], [], [0]
    for site in sites:
        for block in site.blocks:
            hashes = block["hashes"]
            indices.extend(hashes)
            values.extend([1 / max(1, block["words"])] * len(hashes))
            pointers.append(len(indices))
    matrix = scipy.sparse.csr_matrix((numpy.array(values, numpy.float32), indices, pointers),
                                     shape=(len(pointers) - 1, WEIGHTS))
    matrix.sum_duplicates()
    return matrix


def linear(matrix, labels, weights, strength):
    chosen = ~numpy.isnan(labels) & (weights > 0)
    model = LogisticRegression(C=strength, max_iter=40, tol=1e-3)
    model.fit(matrix[chosen], labels[chosen] >= 0.5, sample_weight=weights[chosen])
    return model.coef_[0].astype(numpy.float32)


def fill_words(site, class_weights, text_weights, names):
    """The columns that the C code fills from the tables; see src/clean/page_feature.c."""
    column = {name: names.index(name) for name in ("class_near", "class_sum", "class_least", "class_most",
                                                   "text_score", "heading_score", "heading_level")}
    heading = 0.0
    for i, block in enumerate(site.blocks):
        scores = [float(numpy.clip(class_weights[part].sum(), -CLIP, CLIP)) for part in block["path"]]
        row = site.rows[i]
        row[column["class_near"]] = scores[0] if scores else 0
        row[column["class_sum"]] = sum(scores)
        row[column["class_least"]] = min(scores + [0])
        row[column["class_most"]] = max(scores + [0])
        score = text_weights[block["hashes"]].sum() / block["words"] if 0 < block["words"] <= SHORT_WORDS else 0
        row[column["text_score"]] = score
        row[column["heading_score"]] = heading
        if row[column["heading_level"]] > 0:
            heading = score


def rounded(weights):
    """As the tables hold them: a scale and whole steps of it."""
    scale = float(numpy.abs(weights).max()) or 1.0
    return scale, numpy.round(weights / scale * 127).astype(int)


def train_words(train, everything, names):
    labels = numpy.concatenate([s.label for s in train])
    weights = numpy.concatenate([s.weight for s in train])
    # Short litter weighs little by its words; here each block counts by itself too.
    weights = weights + 0.02 * (weights > 0)
    folds = numpy.concatenate([[s.fold] * len(s.blocks) for s in train])
    classes, texts = class_rows(train), text_rows(train)
    short = numpy.concatenate([[0 < b["words"] <= SHORT_WORDS for b in s.blocks] for s in train])
    chosen = {s.id for s in train}

    def fit(rows):
        a = linear(classes[rows], labels[rows], weights[rows], 0.3)
        picked = rows & short
        b = linear(texts[picked], labels[picked], weights[picked], 3.0)
        return [scale * steps.astype(numpy.float32) / 127 for scale, steps in map(rounded, (a, b))]

    for fold in range(FOLDS):
        pair = fit(folds != fold)
        for site in train:
            if site.fold == fold:
                fill_words(site, *pair, names)
    final = fit(numpy.ones(len(labels), bool))
    for site in everything:
        if site.id not in chosen:
            fill_words(site, *final, names)
    return final


# ---------------------------------------------------------------- trees


def boost(rows, labels, weights, trees, leaves):
    chosen = ~numpy.isnan(labels) & (weights > 0)
    data = lightgbm.Dataset(rows[chosen], labels[chosen], weight=weights[chosen] * chosen.sum() / weights[chosen].sum())
    return lightgbm.train({"objective": "cross_entropy", "num_leaves": leaves, "learning_rate": 0.08,
                           "min_data_in_leaf": 60, "min_sum_hessian_in_leaf": 5.0, "feature_fraction": 0.5,
                           "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1,
                           "num_threads": 2, "seed": 1, "deterministic": True}, data, trees)


def context(site, odds):
    """What the first trees say around each block; see page_context() in src/clean/page_choose.c."""
    n = len(odds)
    p = 1 / (1 + numpy.exp(-odds))
    words = numpy.array([b["words"] for b in site.blocks], dtype=numpy.float64)
    mass = p * words
    sum_mass = numpy.concatenate([[0], numpy.cumsum(mass)])
    sum_words = numpy.concatenate([[0], numpy.cumsum(words)])
    columns = [p]
    for step in (-1, -2, -3, 1, 2, 3):
        moved = numpy.full(n, -1.0)
        if step < 0:
            moved[-step:] = p[:step]
        else:
            moved[:n - step] = p[step:]
        columns.append(moved)
    for level in range(3):
        first = numpy.array([b["up"][2 * level] for b in site.blocks], dtype=int)
        last = numpy.array([b["up"][2 * level + 1] for b in site.blocks], dtype=int)
        w = sum_words[last] - sum_words[first]
        columns.append(numpy.where(w > 0, (sum_mass[last] - sum_mass[first]) / numpy.maximum(w, 1), 0))
    shapes = collections.defaultdict(lambda: [0.0, 0.0])
    for i, block in enumerate(site.blocks):
        shapes[block["shape"]][0] += mass[i]
        shapes[block["shape"]][1] += words[i]
    columns.append(numpy.array([shapes[b["shape"]][0] / max(1, shapes[b["shape"]][1]) for b in site.blocks]))
    total = max(1e-9, sum_mass[-1])
    columns.append(sum_mass[:-1] / total)
    columns.append(numpy.log1p(numpy.full(n, sum_mass[-1])))
    wide = []
    for i in range(n):
        low, high = max(0, i - 10), min(n, i + 11)
        wide.append((sum_mass[high] - sum_mass[low]) / max(1, sum_words[high] - sum_words[low]))
    columns.append(numpy.array(wide))
    return numpy.stack(columns, axis=1).astype(numpy.float32)


CONTEXT = ["self", "before1", "before2", "before3", "after1", "after2", "after3", "up1", "up2", "up3", "shape",
           "mass_before", "mass", "around"]


def gather(sites, attribute):
    return numpy.concatenate([getattr(s, attribute) for s in sites])


def predict_folds(train, labels, weights):
    """For each site, what trees say that have not seen it."""
    folds = numpy.concatenate([[s.fold] * len(s.blocks) for s in train])
    rows = gather(train, "rows")
    for fold in range(FOLDS):
        picked = folds != fold
        model = boost(rows[picked], labels[picked], weights[picked], **FIRST)
        for site in train:
            if site.fold == fold and len(site.rows):
                site.odds = model.predict(site.rows, raw_score=True)


def guess_unknown(train):
    """Blocks without a label take what trees say that have not seen their site, and count little."""
    for site in train:
        unknown = numpy.isnan(site.label)
        if unknown.any():
            words = numpy.array([b["words"] for b in site.blocks], dtype=float)
            site.label[unknown] = 1 / (1 + numpy.exp(-site.odds[unknown]))
            site.weight[unknown] = GUESSED * words[unknown] / max(1.0, words.sum())


def train_trees(train, everything):
    predict_folds(train, gather(train, "label"), gather(train, "weight") + 0.003 * (gather(train, "weight") > 0))
    guess_unknown(train)
    labels, weights = gather(train, "label"), gather(train, "weight")
    weights = weights + 0.003 * (weights > 0)
    rows = gather(train, "rows")
    predict_folds(train, labels, weights)
    first = boost(rows, labels, weights, **FIRST)
    chosen = {s.id for s in train}
    for site in everything:
        if site.id not in chosen:
            site.odds = first.predict(site.rows, raw_score=True) if len(site.rows) else numpy.zeros(0)
        elif not len(site.rows):
            site.odds = numpy.zeros(0)
        site.all = numpy.concatenate([site.rows, context(site, site.odds)], axis=1)
    second = boost(gather(train, "all"), labels, weights, **SECOND)
    return first, second


# ---------------------------------------------------------------- report


def measure(sites, ids, threshold, scores):
    import extract
    wcxb, traf, answers = [], [], {}
    for id_ in ids:
        site = sites[id_]
        text = "\n".join(b["text"] for b, s in zip(site.blocks, scores[id_]) if s > threshold)
        (wcxb if id_.startswith("wcxb") else traf).append(site.gold)
        answers[id_] = extract.TextOnly(text)
    return (extract.score_words(wcxb, [answers[g["page"]] for g in wcxb]) if wcxb else {},
            extract.score_strings(traf, [answers[g["page"]] for g in traf]) if traf else {})


def report(sites, ids, scores, title):
    for threshold in (-1.2, -0.8, -0.4, 0, 0.4):
        words, strings = measure(sites, ids, threshold, scores)
        print("%s %5.1f  f1 %.4f p %.4f r %.4f   f %.4f p %.4f r %.4f" % (
            title, threshold, words["f1"], words["p"], words["r"], strings["f"], strings["p"], strings["r"]))


# ---------------------------------------------------------------- tables


def flatten(model):
    """Each tree as nodes in depth-first order: feature, right child, value."""
    trees = []

    def walk(node, out):
        at = len(out)
        if "leaf_value" in node:
            out.append((-1, 0, node["leaf_value"]))
            return at
        out.append(None)
        walk(node["left_child"], out)
        right = walk(node["right_child"], out)
        out[at] = (node["split_feature"], right, node["threshold"])
        return at

    for tree in model.dump_model()["tree_info"]:
        nodes = []
        walk(tree["tree_structure"], nodes)
        trees.append(nodes)
    return trees


def write_tables(path, words, models):
    with open(path, "w", encoding="ascii") as out:
        out.write("# Made by train/page_train.py; see page.md. Read by tools/page_tables.py.\n")
        for name, weights in zip(("class", "text"), words):
            scale, steps = rounded(weights)
            out.write(f"weights {name} {scale:.6g}\n")
            for at in range(0, WEIGHTS, 64):
                out.write(" ".join(map(str, steps[at:at + 64])) + "\n")
        for name, model in zip(("first", "second"), models):
            trees = flatten(model)
            out.write(f"trees {name} {len(trees)}\n")
            for nodes in trees:
                out.write(" ".join(f"{f}:{n}:{v:.6g}" for f, n, v in nodes) + "\n")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--tool", required=True)
    ask.add_argument("--shared", default="../shared")
    ask.add_argument("--work", required=True)
    ask.add_argument("--out", required=True)
    options = ask.parse_args()
    names = read_features()
    sites = load(options, names)
    label(sites, options.shared)
    with open(os.path.join(options.shared, "data", "extract", "halves.tsv"), encoding="utf-8") as file:
        halves = dict(line.rstrip("\n").split("\t") for line in file)
    scored = [s for s in sites.values() if s.gold is not None]
    train = [s for s in scored if halves.get(s.id) == "A" and len(s.rows)]
    print(f"{len(sites)} pages, {len(scored)} scored, {len(train)} to learn from")
    words = train_words(train, scored, names)
    first, second = train_trees(train, scored)
    b = [s.id for s in scored if halves.get(s.id) == "B"]
    report(sites, b, {s.id: s.odds for s in scored}, "first, B ")
    scores = {s.id: second.predict(s.all, raw_score=True) if len(s.rows) else [] for s in scored}
    report(sites, b, scores, "second, B")
    oracle = {s.id: numpy.nan_to_num(s.label, nan=0.5) - 0.5 for s in scored}
    report(sites, b, oracle, "labels, B")
    write_tables(options.out, words, (first, second))
    for name, gain in sorted(zip(names + CONTEXT, second.feature_importance("gain")), key=lambda x: -x[1])[:40]:
        print(f"  {name:16} {gain:.0f}")


if __name__ == "__main__":
    main()
