/* SPDX-License-Identifier: Apache-2.0 */
/* tag/label.c - the names of the labels; see tag.h. */
#include "tag/tag.h"

static const char *const upos_names[] = {
    [UPOS_ADJ] = "ADJ",     [UPOS_ADP] = "ADP",     [UPOS_ADV] = "ADV",
    [UPOS_AUX] = "AUX",     [UPOS_CCONJ] = "CCONJ", [UPOS_DET] = "DET",
    [UPOS_INTJ] = "INTJ",   [UPOS_NOUN] = "NOUN",   [UPOS_NUM] = "NUM",
    [UPOS_PART] = "PART",   [UPOS_PRON] = "PRON",   [UPOS_PROPN] = "PROPN",
    [UPOS_PUNCT] = "PUNCT", [UPOS_SCONJ] = "SCONJ", [UPOS_SYM] = "SYM",
    [UPOS_VERB] = "VERB",   [UPOS_X] = "X",
};
static const char *const xpos_names[] = {
    [XPOS_ADD] = "ADD",
    [XPOS_AFX] = "AFX",
    [XPOS_CC] = "CC",
    [XPOS_CD] = "CD",
    [XPOS_DT] = "DT",
    [XPOS_EX] = "EX",
    [XPOS_FW] = "FW",
    [XPOS_GW] = "GW",
    [XPOS_HYPH] = "HYPH",
    [XPOS_IN] = "IN",
    [XPOS_JJ] = "JJ",
    [XPOS_JJR] = "JJR",
    [XPOS_JJS] = "JJS",
    [XPOS_LS] = "LS",
    [XPOS_MD] = "MD",
    [XPOS_NFP] = "NFP",
    [XPOS_NN] = "NN",
    [XPOS_NNP] = "NNP",
    [XPOS_NNPS] = "NNPS",
    [XPOS_NNS] = "NNS",
    [XPOS_PDT] = "PDT",
    [XPOS_POS] = "POS",
    [XPOS_PRP] = "PRP",
    [XPOS_PRP_POSS] = "PRP$",
    [XPOS_RB] = "RB",
    [XPOS_RBR] = "RBR",
    [XPOS_RBS] = "RBS",
    [XPOS_RP] = "RP",
    [XPOS_SYM] = "SYM",
    [XPOS_TO] = "TO",
    [XPOS_UH] = "UH",
    [XPOS_VB] = "VB",
    [XPOS_VBD] = "VBD",
    [XPOS_VBG] = "VBG",
    [XPOS_VBN] = "VBN",
    [XPOS_VBP] = "VBP",
    [XPOS_VBZ] = "VBZ",
    [XPOS_WDT] = "WDT",
    [XPOS_WP] = "WP",
    [XPOS_WP_POSS] = "WP$",
    [XPOS_WRB] = "WRB",
    [XPOS_OPEN_BRACKET] = "-LRB-",
    [XPOS_CLOSE_BRACKET] = "-RRB-",
    [XPOS_OPEN_QUOTE] = "``",
    [XPOS_CLOSE_QUOTE] = "''",
    [XPOS_COMMA] = ",",
    [XPOS_PERIOD] = ".",
    [XPOS_COLON] = ":",
    [XPOS_DOLLAR] = "$",
};
static const char *const rel_names[] = {
    [REL_ACL] = "acl",
    [REL_ACL_RELCL] = "acl:relcl",
    [REL_ADVCL] = "advcl",
    [REL_ADVCL_RELCL] = "advcl:relcl",
    [REL_ADVMOD] = "advmod",
    [REL_AMOD] = "amod",
    [REL_APPOS] = "appos",
    [REL_AUX] = "aux",
    [REL_AUX_PASS] = "aux:pass",
    [REL_CASE] = "case",
    [REL_CC] = "cc",
    [REL_CC_PRECONJ] = "cc:preconj",
    [REL_CCOMP] = "ccomp",
    [REL_COMPOUND] = "compound",
    [REL_COMPOUND_PRT] = "compound:prt",
    [REL_CONJ] = "conj",
    [REL_COP] = "cop",
    [REL_CSUBJ] = "csubj",
    [REL_CSUBJ_OUTER] = "csubj:outer",
    [REL_CSUBJ_PASS] = "csubj:pass",
    [REL_DEP] = "dep",
    [REL_DET] = "det",
    [REL_DET_PREDET] = "det:predet",
    [REL_DISCOURSE] = "discourse",
    [REL_DISLOCATED] = "dislocated",
    [REL_EXPL] = "expl",
    [REL_FIXED] = "fixed",
    [REL_FLAT] = "flat",
    [REL_GOESWITH] = "goeswith",
    [REL_IOBJ] = "iobj",
    [REL_LIST] = "list",
    [REL_MARK] = "mark",
    [REL_NMOD] = "nmod",
    [REL_NMOD_DESC] = "nmod:desc",
    [REL_NMOD_POSS] = "nmod:poss",
    [REL_NMOD_UNMARKED] = "nmod:unmarked",
    [REL_NSUBJ] = "nsubj",
    [REL_NSUBJ_OUTER] = "nsubj:outer",
    [REL_NSUBJ_PASS] = "nsubj:pass",
    [REL_NUMMOD] = "nummod",
    [REL_OBJ] = "obj",
    [REL_OBL] = "obl",
    [REL_OBL_AGENT] = "obl:agent",
    [REL_OBL_UNMARKED] = "obl:unmarked",
    [REL_ORPHAN] = "orphan",
    [REL_PARATAXIS] = "parataxis",
    [REL_PUNCT] = "punct",
    [REL_REPARANDUM] = "reparandum",
    [REL_ROOT] = "root",
    [REL_VOCATIVE] = "vocative",
    [REL_XCOMP] = "xcomp",
};

static uint32_t find(const char *const *names, uint32_t count, Str name) {
    uint32_t i = 0;

    while (i < count && !str_is(name, names[i])) {
        i++;
    }
    return i;
}

const char *upos_name(Upos upos) {
    return upos_names[upos];
}

const char *xpos_name(Xpos xpos) {
    return xpos_names[xpos];
}

const char *rel_name(Rel rel) {
    return rel_names[rel];
}

Upos upos_of(Str name) {
    return (Upos)find(upos_names, UPOS_COUNT, name);
}

Xpos xpos_of(Str name) {
    return (Xpos)find(xpos_names, XPOS_COUNT, name);
}

Rel rel_of(Str name) {
    return (Rel)find(rel_names, REL_COUNT, name);
}
