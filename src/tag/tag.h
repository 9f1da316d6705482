/* SPDX-License-Identifier: Apache-2.0 */
/* tag/tag.h - what each word does: part of speech, name, place in the tree.
 *
 * Room: tag (text -> a Word for each token; sentences cut anew). One network
 * reads the whole body of a report; doc/rooms/tag.md draws it. The labels are
 * those of Universal Dependencies (version 2) and of the Penn Treebank.
 *
 *     text   Rebels       seized   Aleppo      .
 *     upos   NOUN         VERB     PROPN       PUNCT
 *     rel    nsubj -> 1   root     obj -> 1    punct -> 1
 *     name   0            0        B-LOC       0                          */
#ifndef TAG_TAG_H
#define TAG_TAG_H

#include "tag/model.h"
#include "text/text.h"

/* Universal parts of speech, in the order of their names. */
typedef enum Upos {
    UPOS_ADJ,
    UPOS_ADP,
    UPOS_ADV,
    UPOS_AUX,
    UPOS_CCONJ,
    UPOS_DET,
    UPOS_INTJ,
    UPOS_NOUN,
    UPOS_NUM,
    UPOS_PART,
    UPOS_PRON,
    UPOS_PROPN,
    UPOS_PUNCT,
    UPOS_SCONJ,
    UPOS_SYM,
    UPOS_VERB,
    UPOS_X,
    UPOS_COUNT
} Upos;

/* Parts of speech of the Penn Treebank, as EWT has them. */
typedef enum Xpos {
    XPOS_ADD, /* address of the web or of mail */
    XPOS_AFX, /* affix that stands alone */
    XPOS_CC,
    XPOS_CD,
    XPOS_DT,
    XPOS_EX,
    XPOS_FW,
    XPOS_GW, /* part of a word that was cut by mistake */
    XPOS_HYPH,
    XPOS_IN,
    XPOS_JJ,
    XPOS_JJR,
    XPOS_JJS,
    XPOS_LS,
    XPOS_MD,
    XPOS_NFP, /* punctuation that ends nothing: "***" */
    XPOS_NN,
    XPOS_NNP,
    XPOS_NNPS,
    XPOS_NNS,
    XPOS_PDT,
    XPOS_POS,
    XPOS_PRP,
    XPOS_PRP_POSS, /* PRP$ */
    XPOS_RB,
    XPOS_RBR,
    XPOS_RBS,
    XPOS_RP,
    XPOS_SYM,
    XPOS_TO,
    XPOS_UH,
    XPOS_VB,
    XPOS_VBD,
    XPOS_VBG,
    XPOS_VBN,
    XPOS_VBP,
    XPOS_VBZ,
    XPOS_WDT,
    XPOS_WP,
    XPOS_WP_POSS, /* WP$ */
    XPOS_WRB,
    XPOS_OPEN_BRACKET,  /* -LRB- */
    XPOS_CLOSE_BRACKET, /* -RRB- */
    XPOS_OPEN_QUOTE,    /* `` */
    XPOS_CLOSE_QUOTE,   /* '' */
    XPOS_COMMA,
    XPOS_PERIOD, /* . ? ! */
    XPOS_COLON,  /* : ; - ... */
    XPOS_DOLLAR,
    XPOS_COUNT
} Xpos;

/* Relations of UD with the subtypes of English. */
typedef enum Rel {
    REL_ACL,
    REL_ACL_RELCL,
    REL_ADVCL,
    REL_ADVCL_RELCL,
    REL_ADVMOD,
    REL_AMOD,
    REL_APPOS,
    REL_AUX,
    REL_AUX_PASS,
    REL_CASE,
    REL_CC,
    REL_CC_PRECONJ,
    REL_CCOMP,
    REL_COMPOUND,
    REL_COMPOUND_PRT,
    REL_CONJ,
    REL_COP,
    REL_CSUBJ,
    REL_CSUBJ_OUTER,
    REL_CSUBJ_PASS,
    REL_DEP,
    REL_DET,
    REL_DET_PREDET,
    REL_DISCOURSE,
    REL_DISLOCATED,
    REL_EXPL,
    REL_FIXED,
    REL_FLAT,
    REL_GOESWITH,
    REL_IOBJ,
    REL_LIST,
    REL_MARK,
    REL_NMOD,
    REL_NMOD_DESC,
    REL_NMOD_POSS,
    REL_NMOD_UNMARKED,
    REL_NSUBJ,
    REL_NSUBJ_OUTER,
    REL_NSUBJ_PASS,
    REL_NUMMOD,
    REL_OBJ,
    REL_OBL,
    REL_OBL_AGENT,
    REL_OBL_UNMARKED,
    REL_ORPHAN,
    REL_PARATAXIS,
    REL_PUNCT,
    REL_REPARANDUM,
    REL_ROOT,
    REL_VOCATIVE,
    REL_XCOMP,
    REL_COUNT
} Rel;

/* Types of names, in the order of EntityType (find/analysis.h). */
typedef enum NameType {
    NAME_PER,
    NAME_ORG,
    NAME_LOC,
    NAME_GPE,
    NAME_NORP,
    NAME_EVENT,
    NAME_MISC,
    NAME_TYPE_COUNT
} NameType;

/* Word.name: NAME_OUTSIDE, else 1 + 2 * type, + 1 inside a name that an
 * earlier word begins. */
enum { NAME_OUTSIDE = 0, NAME_LABEL_COUNT = 1 + 2 * NAME_TYPE_COUNT };

#define TAG_ROOT UINT32_MAX

typedef struct Word {
    uint8_t upos, xpos, rel; /* of Upos, Xpos, Rel */
    uint8_t name;
    uint32_t head; /* token of the text, in the same sentence; or TAG_ROOT */
    Str lemma;     /* arena, or borrowed from the text */
} Word;

typedef struct Tags {
    Word *words;    /* arena; parallel to text->tokens */
    uint32_t count; /* text->token_count; 0: the text was not read */
} Tags;

/* Tag the words of `text`, and cut its sentences anew where the model knows
 * better than the rules: text->sentences and tokens[].sentence change, blocks
 * and headings stay. Each sentence is one tree with one root.
 * Pure. Memory: arena. Cost: linear in the tokens, but for the trees:
 * quadratic in the words of a sentence, which are at most SENTENCE_MAX. */
void tag_read(Arena *arena, const Model *model, Text *text, Tags *out);

/* A longer run of words without an end is cut there. */
enum { SENTENCE_MAX = 300 };

/* "NOUN", "PRP$", "nsubj:pass". Static. */
const char *upos_name(Upos upos);
const char *xpos_name(Xpos xpos);
const char *rel_name(Rel rel);

/* The label with that name; the COUNT of its kind when there is none. */
Upos upos_of(Str name);
Xpos xpos_of(Str name);
Rel rel_of(Str name);

#endif
