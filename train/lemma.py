#!/usr/bin/env python3
"""Learn how a word's lemma is made from its form, and write it for src/tag/lemma.c.

    train/lemma.py DATA OUT      DATA: the folder language/ of the shared data
    train/lemma.py --held DATA   train on nine documents of ten, print the accuracy on the tenth

For each part of speech of the Penn Treebank there is a tree of endings. A node holds a rule: how many bytes are cut off
the word's end and what is put there. The longest ending that has a node decides, a whole word before any ending:

    VBD:  -ed -> -    -ied -> -y    -shed -> -sh    ^went -> go

A second tree, for each part of speech and each way in which the word is written, tells how the lemma is written: with the
word's capitals, in small letters, with one capital, in capitals. A node is kept only where its rule is not its parent's.
Words of untagged news (raw/) help where the treebanks have not seen a verb: "scoured" is made from "scour", which occurs
there, not from "scoure". Same data, same bytes.
"""
import collections
import gzip
import os
import re
import struct
import sys

TREEBANKS = (("ewt-train", 10), ("open-gum-train", 1))  # and how much each counts where they disagree
RAW = ("reuters21578", "timeline17", "masakhane-en", "worldwide")
ENDING_MAX = 8      # bytes
TYPES_MIN = 2       # words that an ending's rule must come from
REGULAR_MIN = 10    # words that a rule must have made to be tried on raw words
RAW_MIN = 3         # occurrences of a raw word
KNOWN_MIN, KNOWN_TIMES = 5, 5   # occurrences that make a raw lemma known; how many times those of the one expected
TITLE_MIN = 5       # occurrences with one capital that say how a name in capitals is written
NAME_MIN, NAME_TIMES = 10, 20  # the same for a name in small letters, and how many times those with none
SHARED_MIN = 10     # weighted occurrences that lend a lemma to other tags
ALIKE = ("VB VBD VBG VBN VBP VBZ", "JJ JJR JJS", "RB RBR RBS")  # tags that are taken for each other
ASKED_OF_RAW = {"VBD": "ed", "VBN": "ed", "VBG": "ing", "VBZ": "s", "NNS": "s", "JJR": "er", "JJS": "est"}

FORMAT = 1
HEADER = struct.Struct("<8sIIQIII4x")  # magic, format, size, checksum, slots, rules, strings
SLOT = struct.Struct("<IHH")         # check, rule + 1, does it go on
RULE = struct.Struct("<IBBBB")       # string, its length, bytes cut, verbatim
LOWER, KEEP, TITLE, UPPER = range(4)
WHOLE = "^"


def fnv(data, value=0xCBF29CE484222325):
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def fold(text):
    """As utf8_fold() in src/base/utf8.c, and figures without their commas."""
    return re.sub(r"(?<=\d),(?=\d\d\d)", "", text.replace("\u2019", "'").replace("\u02bc", "'").lower())


# ------------------------------------------------------------------ treebanks

def words_of(path):
    """The documents of a treebank, each a list of (form, tag, lemma, first of its sentence)."""
    document, first = [], True
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc") and document:
                yield document
                document = []
            cells = line.rstrip("\n").split("\t")
            if len(cells) < 10:
                first = True
            elif cells[0].isdigit():
                document.append((cells[1], cells[4], cells[2], first))
                first = first and cells[3] == "PUNCT"
    yield document


def shape_of(form, first):
    """How a word is written; as shape_of() in src/tag/lemma.c."""
    letters = [c for c in form if c.isalpha()]
    if len(letters) >= 2 and all(c.isupper() for c in letters):
        return "A"
    if not form[0].isupper():
        return "l"
    return "S" if first else "C"


# ---------------------------------------------------------------------- rules

def edit_of(form, lemma):
    """(bytes to cut off the end, what to put there) that makes `lemma` of `form`, both folded."""
    shared = 0
    while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
        shared += 1
    return len(form[shared:].encode()), lemma[shared:]


def cut_off(form, count):
    return form.encode()[:len(form.encode()) - count].decode(errors="ignore")


def written(form, folded, edit, case):
    """The lemma that an edit and a way of writing make."""
    kept = cut_off(form if case == KEEP and len(form.encode()) == len(folded.encode()) else folded, edit[0])
    whole = kept + edit[1]
    if case == TITLE:
        return whole[:1].upper() + whole[1:]
    return whole.upper() if case == UPPER else whole


def case_of(form, folded, edit, lemma):
    """The way of writing that gives `lemma`; None: no way does."""
    for case in (LOWER, KEEP, TITLE, UPPER):
        if written(form, folded, edit, case) == lemma:
            return case
    return None


def likeliest(counts):
    return max(sorted(counts.items(), key=repr), key=lambda item: item[1])[0]


class Tree:
    """Rules by ending. `seen`: (root, folded word) -> counts of its rules; `told`: one rule, for that word alone."""

    def __init__(self):
        self.seen = collections.defaultdict(collections.Counter)
        self.told, self.rules = {}, {}

    def add(self, root, word, rule, count):
        self.seen[root, word][rule] += count

    def inherited(self, root, word):
        """The rule of the longest ending of `word` that has one."""
        for begin in range(len(word) + 1):
            if (root, word[begin:]) in self.rules:
                return self.rules[root, word[begin:]]
        return None

    def find(self, root, word):
        whole = self.rules.get((root, WHOLE + word))
        return self.inherited(root, word) if whole is None else whole

    def knows(self, root, word):
        return (root, word) in self.seen or (root, word) in self.told

    def build(self, is_ending_rule):
        """Keep the nodes that say something new, from short endings to long ones, then whole words."""
        endings = collections.defaultdict(collections.Counter)
        best = {key: likeliest(counts) for key, counts in self.seen.items()}
        for (root, word), rule in best.items():
            if is_ending_rule(rule):
                for size in range(min(len(word), ENDING_MAX) + 1):
                    endings[root, word[len(word) - size:]][rule] += 1
        self.rules = {}
        for root, ending in sorted(endings, key=lambda key: (len(key[1]), key)):
            counts = endings[root, ending]
            rule, above = likeliest(counts), self.inherited(root, ending[1:]) if ending else None
            if rule != above and (not ending or (sum(counts.values()) >= TYPES_MIN and counts[above] < counts[rule])):
                self.rules[root, ending] = rule
        for (root, word), rule in sorted((best | self.told).items(), key=repr):
            if rule != self.inherited(root, word):
                self.rules[root, WHOLE + word] = rule


class Model:
    def __init__(self):
        self.edits, self.cases = Tree(), Tree()

    def learn(self, documents, weight):
        for document in documents:
            for form, tag, lemma, first in document:
                if lemma == "_":
                    continue
                folded = fold(form)
                edit = edit_of(folded, lemma.lower())
                case = case_of(form, folded, edit, lemma)
                if case is None:
                    self.edits.add(tag, folded, (None, lemma), weight)
                else:
                    self.edits.add(tag, folded, edit, weight)
                    self.cases.add(f"{tag}:{shape_of(form, first)}", folded, case, weight)

    def build(self):
        self.edits.build(lambda rule: rule[0] is not None)
        self.cases.build(lambda rule: True)

    def lemma(self, form, tag, first):
        folded = fold(form)
        edit = self.edits.find(tag, folded) or (0, "")
        if edit[0] is None:
            return edit[1]
        if edit[0] > len(folded.encode()):
            edit = (0, "")
        case = self.cases.find(f"{tag}:{shape_of(form, first)}", folded)
        return written(form, folded, edit, KEEP if case is None else case)


# ----------------------------------------------------------------- raw words

def share_tags(model):
    """A word that was seen with one tag of a family has that lemma with the others too: "keep", taken for VBN."""
    tags = {tag: family.split() for family in ALIKE for tag in family.split()}
    forms = collections.defaultdict(collections.Counter)
    for (tag, word), counts in model.edits.seen.items():
        if tag in tags:
            forms[tags[tag][0], word].update(counts)
    for (first, word), counts in sorted(forms.items()):
        for tag in tags[first]:
            if (tag, word) not in model.edits.seen and sum(counts.values()) >= SHARED_MIN:
                model.edits.told[tag, word] = likeliest(counts)


def raw_words(folder):
    counts = collections.Counter()
    for name in RAW:
        with gzip.open(os.path.join(folder, name + ".txt.gz"), "rt", encoding="utf-8") as lines:
            for line in lines:
                counts.update(re.findall(r"[A-Za-z]+", line))
    return counts


def ask_raw(model, counts):
    """Give the trees the words of raw text whose lemma raw text tells."""
    known = collections.Counter()
    for word, count in counts.items():
        if word.islower():
            known[word] += count
    for tag, ending in ASKED_OF_RAW.items():
        made = collections.Counter()
        for (root, word), rules in model.edits.seen.items():
            cut, put = likeliest(rules)
            if root == tag and cut:
                made[word[-cut:], put] += 1
        regular = sorted(ends for ends, count in made.items() if count >= REGULAR_MIN)
        for word in sorted(known):
            if word.endswith(ending) and known[word] >= RAW_MIN and not model.edits.knows(tag, word):
                learn_raw(model, known, tag, word, regular)


def ask_raw_names(model, counts):
    """How names in capitals and in small letters are written, told by how raw text writes them."""
    def tell(root, word, case):
        if not model.cases.knows(root, word):
            model.cases.told[root, word] = case

    for word in sorted(counts):
        small, title, capitals = counts[word.lower()], counts[word], counts[word.upper()]
        if not word.istitle() or len(word) < 3:
            continue
        if title >= TITLE_MIN and capitals:
            tell("NNP:A", word.lower(), TITLE if title > capitals else KEEP)
        if title >= NAME_MIN and title > small * NAME_TIMES:
            tell("NNP:l", word.lower(), TITLE)


def learn_raw(model, known, tag, word, regular):
    """Where the lemma expected of `word` does not occur but a regular one does, that is its lemma."""
    cut, put = model.edits.find(tag, word)
    expected = known[cut_off(word, cut) + put] if cut is not None else KNOWN_MIN
    made = {(known[word.removesuffix(cut) + put], cut, put) for cut, put in regular if word.endswith(cut)}
    times, cut, put = max(made, default=(0, "", ""))
    if expected < KNOWN_MIN and times > KNOWN_TIMES * max(1, expected):
        model.edits.told[tag, word] = (len(cut), put)


def trained(data, documents):
    model = Model()
    for (_, weight), part in zip(TREEBANKS, documents):
        model.learn(part, weight)
    model.build()
    share_tags(model)
    counts = raw_words(os.path.join(data, "raw"))
    ask_raw(model, counts)
    ask_raw_names(model, counts)
    model.build()
    return model


# ----------------------------------------------------------------------- file

class File:
    """Slots, rules and strings as src/tag/lemma.c reads them."""

    def __init__(self):
        self.nodes, self.rules, self.strings = {}, {}, bytearray()

    def rule(self, edit):
        if edit not in self.rules:
            self.rules[edit] = len(self.rules)
        return self.rules[edit]

    def add(self, root, ending, number):
        """A node and, for an ending, those on the way to it, which say that it goes on."""
        whole, text = ending.startswith(WHOLE), ending.removeprefix(WHOLE).encode()[::-1]
        code = fnv(root.encode() + b":")
        if whole:
            self.nodes[fnv(WHOLE.encode(), fnv(text, code))] = [number + 1, 0]
            return
        for size in range(len(text) + 1):
            node = self.nodes.setdefault(fnv(text[:size], code), [0, 0])
            node[1] = max(node[1], int(size < len(text)))
        node[0] = number + 1

    def bytes(self):
        records = b""
        for cut, text in self.rules:
            data = text.encode()
            records += RULE.pack(len(self.strings), len(data), cut or 0, cut is None, 0)
            self.strings += data
        count = 1 << (len(self.nodes) * 2).bit_length()
        slots = [None] * count
        for code in sorted(self.nodes):
            at = code % count
            while slots[at]:
                at = (at + 1) % count
            slots[at] = SLOT.pack(code >> 32 or 1, *self.nodes[code])
        body = b"".join(slot or SLOT.pack(0, 0, 0) for slot in slots) + records + bytes(self.strings)
        return HEADER.pack(b"DATELEM\0", FORMAT, HEADER.size + len(body), fnv(body), count,
                           len(self.rules), len(self.strings)) + body


def write(model, out):
    file = File()
    for (root, ending), edit in sorted(model.edits.rules.items(), key=repr):
        file.add(root, ending, file.rule(edit))
    for (root, ending), case in sorted(model.cases.rules.items(), key=repr):
        file.add(root, ending, case)
    with open(out, "wb") as target:
        target.write(file.bytes())
    print(f"{out}: {len(model.edits.rules)} edits, {len(model.cases.rules)} cases, {len(file.rules)} rules, "
          f"{os.path.getsize(out)} bytes")


def held_out(data, documents):
    model = trained(data, [[d for i, d in enumerate(part) if i % 10 != 3] for part in documents])
    tally, wrong = collections.Counter(), collections.Counter()
    for part in documents:
        for form, tag, lemma, first in (word for document in part[3::10] for word in document):
            good = lemma == "_" or model.lemma(form, tag, first) == lemma
            tally.update({(tag, "all"): 1, (tag, "right"): good, ("ALL", "all"): 1, ("ALL", "right"): good})
            if not good:
                wrong[form, tag, lemma, model.lemma(form, tag, first)] += 1
    for tag in sorted({tag for tag, _ in tally}):
        print(f"{tag:6} {tally[tag, 'all']:6} {tally[tag, 'right'] / tally[tag, 'all']:.4f}")
    for what, count in wrong.most_common(40):
        print(count, *what)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    data = sys.argv[2] if sys.argv[1] == "--held" else sys.argv[1]
    documents = [list(words_of(os.path.join(data, "train/syntax", name + ".conllu.gz"))) for name, _ in TREEBANKS]
    if sys.argv[1] == "--held":
        held_out(data, documents)
    else:
        write(trained(data, documents), sys.argv[2])


if __name__ == "__main__":
    main()
