#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Write lexicon/LANGUAGE/word-rate.tsv: in how many reports of ten thousand a word stands.

    train/word_rate.py TEXTS.txt.gz... > lexicon/en/word-rate.tsv

Each file holds documents with a blank line between them. A word is cut and
shortened as src/link/profile.c does it. Its rate is the mean of its rates in
the collections but the one where it is most frequent, so that what one
collection happens to be about does not pass for common. Rates stand in steps
of a third; what is rarer than the least step is left out. Only counts are
written: no text can be read back from them.
"""
import collections
import gzip
import math
import re
import sys
import unicodedata

LEAST = 10  # of ten thousand
STEPS = 8  # for each factor of ten
WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]{1,2}(?![^\W_]))?")
HEAD = """\
# In how many of 10,000 news reports a word stands, plural endings taken off: what stands in many says little of
# what a report is about (link/profile.c). Counted by train/word_rate.py; steps of a third, rarer words left out.
key\trate\texample"""


def plain(word):
    """Without what follows an apostrophe, accents and capitals."""
    word = unicodedata.normalize("NFKD", re.split("['\u2019]", word)[0].lower())
    return "".join(c for c in word if not unicodedata.combining(c))


def stem(word):
    """Without a plural s."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def rates(path):
    """{word: share of the documents that have it}."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        documents = file.read().split("\n\n")
    counts = collections.Counter()
    for document in documents:
        counts.update({stem(plain(w)) for w in WORD.findall(document)})
    return {word: count / len(documents) for word, count in counts.items()}


def is_key(word):
    """Years say what time the collection is of, not how common a number is."""
    return len(word) >= 2 and re.fullmatch(r"[a-z]+|\d{1,3}", word)


def main():
    found = [rates(path) for path in sys.argv[1:]]
    steps = collections.defaultdict(list)
    for word in set().union(*found):
        each = sorted(f.get(word, 0) for f in found)
        rate = 10000 * sum(each[:-1]) / (len(each) - 1)
        if is_key(word) and rate >= LEAST:
            steps[round(math.log10(rate) * STEPS)].append(word)
    print(HEAD)
    for step, words in sorted(steps.items(), reverse=True):
        words.sort()
        print("%s\t%d\t%s" % ("|".join(words), min(10000, round(10 ** (step / STEPS))), words[0]))


if __name__ == "__main__":
    main()
