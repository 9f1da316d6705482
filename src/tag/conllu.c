/* SPDX-License-Identifier: Apache-2.0 */
/* tag/conllu.c - see conllu.h.
 *
 *     # text = They don't know.
 *     1    They   they   PRON   PRP   _   4   nsubj   _   _
 *     2-3  don't  _      _      _     _   _   _       _   _
 *     2    do     do     AUX    VBP   _   4   aux     _   _
 *     3    n't    not    PART   RB    _   4   advmod  _   _
 *     4    know   know   VERB   VB    _   0   root    _   SpaceAfter=No  */
#include "tag/conllu.h"

#include "base/utf8.h"

typedef struct Writer {
    const Text *text;
    const Tags *tags;
    Buf *out;
} Writer;

/* White space, and what a line must not hold, as "_". */
static void put_id(Buf *out, Str id) {
    uint32_t len;

    for (size_t at = 0; at < id.len; at += len) {
        uint32_t character = utf8_at(id, at, &len);
        if (character <= ' ' || utf8_is_space(character)) {
            buf_char(out, '_');
        } else {
            buf_push(out, str_slice(id, at, at + len));
        }
    }
}

/* No white space stands before the token; after the last there is some. */
static bool is_glued(const Text *text, uint32_t token) {
    return token < text->token_count &&
           !(text->tokens[token].flags & TOKEN_SPACE_BEFORE);
}

/* The sentence's tokens, with one space where there is white space: what its
 * words and SpaceAfter=No spell. */
static void put_text(const Writer *writer, const Sentence *sentence) {
    buf_put(writer->out, "# text = ");
    for (uint32_t i = sentence->first; i < sentence->last; i++) {
        if (i > sentence->first && !is_glued(writer->text, i)) {
            buf_char(writer->out, ' ');
        }
        buf_push(writer->out, token_str(writer->text, i));
    }
    buf_char(writer->out, '\n');
}

/* The words from `token` on that are parts of one: the end of them. */
static uint32_t parts_end(const Writer *writer, uint32_t token, uint32_t last) {
    uint32_t end = token + 1;

    while (end < last && (writer->text->tokens[end].flags & TOKEN_PART)) {
        end++;
    }
    return end;
}

/* The last column. */
static void put_misc(Buf *out, uint32_t name, bool glued) {
    static const char *const types[NAME_TYPE_COUNT] = {
        "PER", "ORG", "LOC", "GPE", "NORP", "EVENT", "MISC"};

    if (name != NAME_OUTSIDE) {
        buf_format(out, "NER=%c-%s", name % 2 ? 'B' : 'I',
                   types[(name - 1) / 2]);
    }
    buf_put(out, name != NAME_OUTSIDE && glued ? "|" : "");
    buf_put(out, glued ? "SpaceAfter=No" : "");
    buf_put(out, name == NAME_OUTSIDE && !glued ? "_\n" : "\n");
}

/* "2-3  don't  _ ...": the line before the parts of one word. */
static void put_range(const Writer *writer, const Sentence *sentence,
                      uint32_t first, uint32_t end) {
    Span whole = tokens_span(writer->text, first, end);

    buf_format(writer->out, "%u-%u\t", first - sentence->first + 1,
               end - sentence->first);
    buf_push(writer->out, str_at(writer->text->bytes, whole));
    buf_put(writer->out, "\t_\t_\t_\t_\t_\t_\t_\t");
    put_misc(writer->out, NAME_OUTSIDE, is_glued(writer->text, end));
}

/* `is_part`: the white space after it is told by its range. */
static void put_word(const Writer *writer, const Sentence *sentence,
                     uint32_t token, bool is_part) {
    const Word *word = &writer->tags->words[token];
    bool glued = !is_part && is_glued(writer->text, token + 1);
    Buf *out = writer->out;

    buf_format(out, "%u\t", token - sentence->first + 1);
    buf_push(out, token_str(writer->text, token));
    if (writer->tags->count == 0) {
        buf_put(out, "\t_\t_\t_\t_\t_\t_\t_\t");
        put_misc(out, NAME_OUTSIDE, glued);
        return;
    }
    buf_char(out, '\t');
    buf_push(out, word->lemma.len ? word->lemma : (Str){"_", 1});
    buf_format(out, "\t%s\t%s\t_\t%u\t%s\t_\t", upos_name((Upos)word->upos),
               xpos_name((Xpos)word->xpos),
               word->head == TAG_ROOT ? 0 : word->head - sentence->first + 1,
               rel_name((Rel)word->rel));
    put_misc(out, word->name, glued);
}

static void put_sentence(const Writer *writer, const Sentence *sentence) {
    put_text(writer, sentence);
    for (uint32_t i = sentence->first; i < sentence->last;) {
        uint32_t end = parts_end(writer, i, sentence->last);
        bool is_part = end > i + 1;
        if (is_part) {
            put_range(writer, sentence, i, end);
        }
        for (; i < end; i++) {
            put_word(writer, sentence, i, is_part);
        }
    }
    buf_char(writer->out, '\n');
}

void conllu_write(Str id, const Text *text, const Tags *tags, Buf *out) {
    Writer writer = {text, tags, out};

    for (uint32_t i = 0; i < text->sentence_count; i++) {
        const Sentence *sentence = &text->sentences[i];
        if (i == 0) {
            buf_put(out, "# newdoc id = ");
            put_id(out, id);
            buf_char(out, '\n');
        }
        if (i == 0 || sentence->block != sentence[-1].block) {
            buf_put(out, "# newpar\n");
        }
        buf_put(out, "# sent_id = ");
        put_id(out, id);
        buf_format(out, "-%04u\n", i + 1);
        put_sentence(&writer, sentence);
    }
}
