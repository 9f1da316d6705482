#!/usr/bin/env python3
"""Make C tables of the model that tells a page's main text.

    tools/page_tables.py MODEL HEADER HEADER OUT

MODEL is model/en/page.tables, which train/page_train.py writes; the headers
list the features that its trees ask for. Checks that every tree is one: each
node's children lie behind it and inside, and every feature exists.
"""
import re
import sys

WEIGHTS = 1 << 13


def read_model(path):
    """The weights and trees by name."""
    weights, trees = {}, {}
    with open(path, encoding="ascii") as file:
        lines = [line.rstrip("\n") for line in file if not line.startswith("#")]
    at = 0
    while at < len(lines):
        kind, name, value = lines[at].split()
        at += 1
        if kind == "weights":
            steps = []
            while at < len(lines) and not lines[at].startswith(("weights", "trees")):
                steps += map(int, lines[at].split())
                at += 1
            weights[name] = (float(value), steps)
        else:
            count = int(value)
            trees[name] = [[node.split(":") for node in line.split()] for line in lines[at:at + count]]
            at += count
    return weights, trees


def count_features(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    listed = re.search(r"enum Page(?:Feature|Context) \{(.*?)\}", text, re.S).group(1)
    return len(re.findall(r"\b(?:FEATURE|CONTEXT)_(?!(?:COUNT|END)\b)\w+", listed))


def check(weights, trees, features):
    for name, (scale, steps) in weights.items():
        if len(steps) != WEIGHTS or max(map(abs, steps)) > 127 or not 0 < scale < 100:
            sys.exit(f"weights {name}: not {WEIGHTS} steps of a byte")
    for name, all_trees in trees.items():
        for number, nodes in enumerate(all_trees):
            for at, (feature, right, _) in enumerate(nodes):
                if int(feature) >= features[name] or int(feature) < -1:
                    sys.exit(f"trees {name}, tree {number}: no feature {feature}")
                if int(feature) >= 0 and not at + 1 < int(right) < len(nodes):
                    sys.exit(f"trees {name}, tree {number}, node {at}: children out of order")


def write(path, weights, trees):
    with open(path, "w", encoding="ascii") as out:
        out.write("/* Made from model/en/page.tables by tools/page_tables.py. */\n")
        for name, (scale, steps) in weights.items():
            out.write(f"#define {name.upper()}_SCALE {scale!r}F\n")
            out.write(f"static const int8_t {name}_weights[PAGE_WEIGHTS] = {{\n")
            for at in range(0, len(steps), 32):
                out.write(", ".join(map(str, steps[at:at + 32])) + ",\n")
            out.write("};\n")
        for name, all_trees in trees.items():
            first, nodes = [], []
            for tree in all_trees:
                first.append(len(nodes))
                nodes += tree
            out.write(f"static const PageNode {name}_nodes[] = {{\n")
            for at in range(0, len(nodes), 8):
                out.write(" ".join(f"{{{f}, {n}, {float(v)!r}F}}," for f, n, v in nodes[at:at + 8]) + "\n")
            out.write(f"}};\nstatic const uint32_t {name}_first[] = {{\n")
            for at in range(0, len(first), 16):
                out.write(", ".join(map(str, first[at:at + 16])) + ",\n")
            out.write(f"}};\nconst PageTrees page_trees_{name} = {{{name}_nodes, {name}_first, {len(first)}, 0}};\n")


def main():
    model, features, context, out = sys.argv[1:]
    weights, trees = read_model(model)
    own = count_features(features)
    check(weights, trees, {"first": own, "second": own + count_features(context)})
    write(out, weights, trees)


if __name__ == "__main__":
    main()
