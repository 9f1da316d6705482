/* SPDX-License-Identifier: Apache-2.0 */
/* find/quotes_speaker.c - see quotes.h: the cue of each piece.
 *
 * In the order of trust:
 *
 *     said-before   X said: "..."        X called it "a mistake"
 *     said-after    "...," said X        "...," X told Y
 *     same-speaker  "A," he said. "B."   "A," he said, "B."
 *     paragraphs    "A. (paragraph) "B," he said.
 *     alone         a paragraph that is one quotation, after one by X
 *     paragraph-before  the same, after a paragraph in which X is the subject
 *
 * A short piece that no cue of its sentence governs is no speech: a scare
 * quote, a title, a nickname. */
#include "find/quotes.h"

#include <assert.h>
#include <string.h>

enum {
    NEAR_MAX = 40,    /* tokens between a piece and the cue after it */
    TITLE_MAX = 8,    /* words of a title of a work */
    SENTENCE_MIN = 6, /* words that may be speech without any cue */
    CUES_MAX = 24,    /* cues of a sentence that are looked at */
    BLOCK_MAX = 6,    /* sentences of a paragraph that are looked at */
    OPENING_MAX = 12, /* tokens within which a sentence names its person */
};

static WordClass class_at(const Speech *speech, uint32_t token) {
    return (WordClass)speech->words.class[token];
}

static const Sentence *sentence_of(const Speech *speech, uint32_t token) {
    return &speech->text->sentences[speech->text->tokens[token].sentence];
}

static Range inside(const Piece *piece) {
    return (Range){piece->tokens.first + 1,
                   piece->tokens.last - !piece->unclosed};
}

static bool is_mark_in(const Speech *speech, uint32_t token,
                       const char *marks) {
    const Token *at = &speech->text->tokens[token];

    return at->end - at->begin == 1 &&
           strchr(marks, speech->text->bytes.ptr[at->begin]) != NULL;
}

static uint32_t word_count(const Speech *speech, Range range) {
    uint32_t count = 0;

    for (uint32_t i = range.first; i < range.last; i++) {
        count += !(speech->text->tokens[i].flags & TOKEN_PUNCT);
    }
    return count;
}

/* The cues of the sentence of `token` that begin before it, at most CUES_MAX:
 * indexes [first,last) into speech->cues. */
static Range cues_before(const Speech *speech, uint32_t token) {
    uint32_t sentence = speech->text->tokens[token].sentence;
    uint32_t floor = speech->first_cue[sentence];
    uint32_t low = floor, high = speech->first_cue[sentence + 1];

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (speech->cues[middle].range.first < token) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (Range){low > floor + CUES_MAX ? low - CUES_MAX : floor, low};
}

/* Those that begin at `token` or after. */
static Range cues_from(const Speech *speech, uint32_t token) {
    uint32_t first = cues_before(speech, token).last;
    uint32_t last = speech->first_cue[speech->text->tokens[token].sentence + 1];

    return (Range){first, last > first + CUES_MAX ? first + CUES_MAX : last};
}

/* --- what is no quotation --- */

/* "the film", "so-called", "known as" stands before the mark. */
static bool follows_not_quote(const Speech *speech, uint32_t open) {
    uint32_t floor = sentence_of(speech, open)->first;
    LexRow row;

    for (uint32_t back = 1; back <= 3 && open >= floor + back; back++) {
        uint32_t at = open - back;
        uint32_t length =
            token_phrase(speech->text, at, open, LEX_NOT_QUOTE, &row);
        if (length &&
            at + length + (is_mark_in(speech, open - 1, ",")) >= open) {
            return true;
        }
    }
    return false;
}

/* Joseph "Joe" Amara. */
static bool is_nickname(const Speech *speech, const Piece *piece) {
    uint32_t open = piece->tokens.first, after = piece->tokens.last;
    Range words = inside(piece);

    return open > 0 && after < speech->text->token_count &&
           word_count(speech, words) <= 3 &&
           word_is_capital(&speech->words, open - 1) &&
           word_is_capital(&speech->words, after) &&
           word_is_capital(&speech->words, words.first) &&
           class_at(speech, after) == WORD_OTHER;
}

/* "The Last Ferry": all words but small ones have capitals, and no mark of a
 * sentence at the end. */
static bool is_title(const Speech *speech, const Piece *piece) {
    Range words = inside(piece);
    uint32_t capitals = 0;

    if (word_count(speech, words) > TITLE_MAX || words.first >= words.last ||
        is_mark_in(speech, words.last - 1, "!?")) {
        return false;
    }
    for (uint32_t i = words.first; i < words.last; i++) {
        WordClass class = class_at(speech, i);
        if (word_is_capital(&speech->words, i)) {
            capitals++;
        } else if (class == WORD_OTHER || class == WORD_COMMON ||
                   class == WORD_PRONOUN || class == WORD_BE ||
                   class == WORD_AUXILIARY) {
            return false;
        }
    }
    return capitals > 0;
}

/* --- cues --- */

static bool is_usable(const Cue *cue) {
    return !range_empty(cue->subject) || cue->frame == CUE_ACCORDING;
}

/* "X said his government accepted it "in principle"": the words are X's, since
 * the second verb only tells what "his government" did. */
static bool is_reported(const Speech *speech, const Cue *cue,
                        const Cue *before) {
    return cue->frame == CUE_OBJECT && !range_empty(cue->subject) &&
           class_at(speech, cue->subject.first) == WORD_POSSESSIVE &&
           before->frame == CUE_SAY && is_usable(before) &&
           before->after == cue->subject.first;
}

/* The last cue before the piece in its sentence that has a speaker. */
static int32_t cue_before(const Speech *speech, const Piece *piece) {
    uint32_t open = piece->tokens.first;
    Range cues = cues_before(speech, open);

    for (uint32_t i = cues.last; i > cues.first; i--) {
        const Cue *cue = &speech->cues[i - 1];
        if (cue->range.last > open || !is_usable(cue) ||
            cue->frame == CUE_ACCORDING || cue->after > open ||
            (i - 1 > cues.first && is_reported(speech, cue, cue - 1))) {
            continue;
        }
        return (int32_t)i - 1;
    }
    return -1;
}

/* The words of a short piece belong to a cue only if the model has not given
 * that one another content. */
static bool may_govern(const Speech *speech, int32_t cue, bool bare) {
    return cue >= 0 && (bare || speech->cues[cue].model < 0);
}

/* True if nothing but a mark or "that" stands between cue and piece, or the
 * piece is introduced by a comma or colon. */
static bool is_introduced(const Speech *speech, const Cue *cue, uint32_t open) {
    return cue->after == open || is_mark_in(speech, open - 1, ",:");
}

/* The end of the clause in which an attribution after `at` may stand. */
static uint32_t after_limit(const Speech *speech, uint32_t at) {
    uint32_t limit = sentence_of(speech, at)->last;

    return limit > at + NEAR_MAX ? at + NEAR_MAX : limit;
}

/* True if the subject of `cue`, or the cue when the subject follows it, is
 * the first thing after the piece. */
static bool begins_at(const Speech *speech, const Cue *cue, uint32_t at) {
    uint32_t first = cue->subject.first;

    if (cue->frame == CUE_ACCORDING || cue->inverted) {
        first = cue->range.first;
    }
    while (at < first &&
           (class_at(speech, at) == WORD_ADVERB ||
            speech->words.time[at] >= 0 || is_mark_in(speech, at, ","))) {
        at++;
    }
    return at == first;
}

/* `"...," said X`: the cue that the words after the piece open with. */
static int32_t cue_after(const Speech *speech, const Piece *piece) {
    uint32_t at = piece->tokens.last, limit;
    Range cues;

    if (at >= speech->text->token_count ||
        sentence_of(speech, at)->block !=
            sentence_of(speech, piece->tokens.first)->block) {
        return -1;
    }
    at += is_mark_in(speech, at, ",");
    if (at >= speech->text->token_count) {
        return -1;
    }
    limit = after_limit(speech, at);
    cues = cues_from(speech, at);
    for (uint32_t i = cues.first; i < cues.last; i++) {
        const Cue *cue = &speech->cues[i];
        if (cue->range.first >= limit) {
            break;
        }
        if (cue->form != CUE_PARTICIPLE && is_usable(cue) &&
            begins_at(speech, cue, at)) {
            return (int32_t)i;
        }
    }
    return -1;
}

/* `A is "B", he said.`: a cue at the end that takes the whole sentence. */
static int32_t cue_at_end(const Speech *speech, const Piece *piece) {
    uint32_t at = piece->tokens.last;
    Range cues;

    if (at >= speech->text->token_count ||
        speech->text->tokens[at].sentence !=
            speech->text->tokens[piece->tokens.first].sentence) {
        return -1;
    }
    cues = cues_from(speech, at);
    for (uint32_t i = cues.first; i < cues.last; i++) {
        const Cue *cue = &speech->cues[i];
        uint32_t first = cue->inverted || cue->frame == CUE_ACCORDING
                             ? cue->range.first
                             : cue->subject.first;
        if (first > at && is_mark_in(speech, first - 1, ",") &&
            is_usable(cue) && cue->form != CUE_PARTICIPLE &&
            (cue->frame == CUE_SAY || cue->frame == CUE_ACCORDING)) {
            return (int32_t)i;
        }
    }
    return -1;
}

/* --- pieces --- */

static bool ends_open(const Speech *speech, const Piece *piece) {
    Range words = inside(piece);

    return !piece->unclosed && words.last > words.first &&
           !is_mark_in(speech, words.last - 1, ".");
}

static bool starts_block(const Speech *speech, uint32_t token) {
    return token == 0 || sentence_of(speech, token - 1)->block !=
                             sentence_of(speech, token)->block;
}

static bool ends_block(const Speech *speech, uint32_t end) {
    return end >= speech->text->token_count || starts_block(speech, end);
}

static bool starts_sentence(const Speech *speech, uint32_t open) {
    return open == sentence_of(speech, open)->first ||
           (open > 0 && is_mark_in(speech, open - 1, ":"));
}

/* Speech in full rather than a few words of it. */
static bool is_direct(const Speech *speech, const Piece *piece,
                      const Cue *cue) {
    uint32_t open = piece->tokens.first;
    Range words = inside(piece);

    if (piece->unclosed || piece->continues) {
        return true;
    }
    if (!word_is_capital(&speech->words, words.first)) {
        return false;
    }
    return starts_sentence(speech, open) || is_mark_in(speech, open - 1, ",") ||
           (cue && cue->after == open && cue->frame != CUE_CALL &&
            cue->frame != CUE_OBJECT);
}

static void attribute(const Speech *speech, Piece *piece, int32_t cue,
                      const char *rule) {
    piece->cue = cue;
    piece->rule = rule;
    piece->direct = is_direct(speech, piece, &speech->cues[cue]);
}

static void follow(const Speech *speech, Pieces *pieces, uint32_t at,
                   uint32_t other, bool continues, const char *rule) {
    Piece *piece = &pieces->items[at];

    piece->follows = (int32_t)other;
    piece->continues = continues;
    piece->rule = rule;
    piece->direct = is_direct(speech, piece, NULL);
}

/* No sentence without a cue or quotation lies between two pieces of one
 * paragraph. */
static bool is_next_to(const Speech *speech, const Piece *before,
                       const Piece *piece) {
    uint32_t from = speech->text->tokens[before->tokens.last - 1].sentence;
    uint32_t to = speech->text->tokens[piece->tokens.first].sentence;

    return speech->text->sentences[from].block ==
               speech->text->sentences[to].block &&
           to <= from + 1 &&
           piece->tokens.first == speech->text->sentences[to].first;
}

/* The piece opens the paragraph after the one that ends with `before`; only
 * subheadings lie between. */
static bool is_next_paragraph(const Speech *speech, const Piece *before,
                              const Piece *piece) {
    uint32_t from = speech->text->tokens[before->tokens.last - 1].sentence;
    uint32_t to = speech->text->tokens[piece->tokens.first].sentence;

    if (!starts_block(speech, piece->tokens.first)) {
        return false;
    }
    for (uint32_t i = from + 1; i < to; i++) {
        if (!speech->text->sentences[i].heading) {
            return false;
        }
    }
    return true;
}

/* Rules that need no cue of the piece's own. */
static bool attribute_by_context(const Speech *speech, Pieces *pieces,
                                 uint32_t at) {
    Piece *piece = &pieces->items[at], *before;
    bool own = starts_block(speech, piece->tokens.first) &&
               ends_block(speech, piece->tokens.last);

    if (at == 0) {
        return false;
    }
    before = &pieces->items[at - 1];
    if (before->drop || (before->cue < 0 && before->follows < 0 &&
                         before->person < 0 && !before->unclosed)) {
        return false;
    }
    if (before->unclosed && is_next_paragraph(speech, before, piece)) {
        follow(speech, pieces, at, at - 1, true, "paragraphs");
        return true;
    }
    if (is_next_to(speech, before, piece) && before->direct) {
        follow(speech, pieces, at, at - 1, true, "same-speaker");
        return true;
    }
    if ((own ||
         (piece->unclosed && starts_block(speech, piece->tokens.first))) &&
        sentence_of(speech, before->tokens.last - 1)->block + 1 ==
            sentence_of(speech, piece->tokens.first)->block &&
        before->direct) {
        follow(speech, pieces, at, at - 1, false, "alone");
        return true;
    }
    return false;
}

/* The last speaker of the paragraph before: "A nurse said so. It was late." */
static int32_t cue_of_block(const Speech *speech, uint32_t sentence) {
    uint32_t block = speech->text->sentences[sentence].block;

    for (uint32_t steps = 0; steps < BLOCK_MAX; steps++) {
        Range cues =
            cues_before(speech, speech->text->sentences[sentence].last - 1);
        for (uint32_t i = cues.last; i > cues.first; i--) {
            const Cue *cue = &speech->cues[i - 1];
            if (is_usable(cue) && cue->party.name.len && !cue->negated &&
                !cue->passive &&
                (cue->frame == CUE_SAY || cue->frame == CUE_TELL)) {
                return (int32_t)i - 1;
            }
        }
        if (sentence == 0 ||
            speech->text->sentences[sentence - 1].block != block) {
            break;
        }
        sentence--;
    }
    return -1;
}

/* The person with whom a sentence opens: "Ana Verin, who ran the port, spoke
 * to us." Its mention, or -1. */
static int32_t opening_person(const Speech *speech, uint32_t sentence) {
    uint32_t first = speech->text->sentences[sentence].first;
    uint32_t last = speech->text->sentences[sentence].last;

    for (uint32_t i = first; i < last && i < first + OPENING_MAX; i++) {
        int32_t at = speech->words.mention[i];
        WordClass class = class_at(speech, i);
        if (at >= 0 && speech->analysis->mentions[at].type == ENTITY_PER) {
            uint32_t after = speech->analysis->mentions[at].last;
            return after < last && class_at(speech, after) == WORD_GENITIVE
                       ? -1
                       : at;
        }
        if (class == WORD_MARK || class == WORD_OF || class == WORD_FOR ||
            class == WORD_PREPOSITION || class == WORD_AUXILIARY ||
            class == WORD_BE) {
            break;
        }
    }
    return -1;
}

static bool is_dash(const Speech *speech, uint32_t token) {
    static const char *const dashes[] = {"-", "--", "\u2013", "\u2014",
                                         "\u2015"};
    Str word = token_str(speech->text, token);

    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        if (str_is(word, dashes[i])) {
            return true;
        }
    }
    return false;
}

/* Words set apart with their author behind a dash, who ends the line or is
 * told about after a comma: `"Let them come." - Ana Verin, 54`. */
static bool attribute_by_signature(const Speech *speech, Piece *piece) {
    uint32_t dash = piece->tokens.last, name = dash + 1;
    const Mention *mention;

    if (name >= speech->text->token_count || piece->unclosed ||
        !starts_sentence(speech, piece->tokens.first) ||
        !is_dash(speech, dash) || speech->words.mention[name] < 0) {
        return false;
    }
    mention = &speech->analysis->mentions[speech->words.mention[name]];
    if (mention->type != ENTITY_PER ||
        (mention->last < speech->text->token_count &&
         !starts_sentence(speech, mention->last) &&
         class_at(speech, mention->last) != WORD_MARK)) {
        return false;
    }
    piece->person = speech->words.mention[name];
    piece->sign = (Range){dash, name};
    piece->direct = true;
    piece->rule = "signed";
    return true;
}

/* Whole paragraphs in quotation marks, after one about their speaker. */
static bool attribute_by_paragraph(const Speech *speech, Piece *piece) {
    uint32_t open = piece->tokens.first, sentence;
    int32_t cue;

    if (open == 0 || !starts_block(speech, open) || piece->single ||
        (!piece->unclosed && !ends_block(speech, piece->tokens.last)) ||
        inside(piece).last - inside(piece).first < SENTENCE_MIN) {
        return false;
    }
    sentence = speech->text->tokens[open - 1].sentence;
    if (speech->text->sentences[sentence].heading) {
        return false;
    }
    piece->person = opening_person(speech, sentence);
    if (piece->person >= 0) {
        piece->direct = true;
        piece->rule = "paragraph-before";
        return true;
    }
    cue = cue_of_block(speech, sentence);
    if (cue >= 0) {
        attribute(speech, piece, cue, "paragraph-before");
        return true;
    }
    return false;
}

/* A paragraph that is one quotation, after a sentence with one speaker. */
static bool attribute_by_sentence(const Speech *speech, Piece *piece) {
    uint32_t open = piece->tokens.first, sentence;
    Range cues;

    if (open == 0 || !starts_sentence(speech, open) ||
        inside(piece).last - inside(piece).first < SENTENCE_MIN) {
        return false;
    }
    sentence = speech->text->tokens[open - 1].sentence;
    if (speech->text->sentences[sentence].heading) {
        return false;
    }
    cues = cues_before(speech, open - 1);
    for (uint32_t i = cues.last; i > cues.first; i--) {
        const Cue *cue = &speech->cues[i - 1];
        if (is_usable(cue) && cue->party.entity >= 0 && !cue->negated &&
            (cue->frame == CUE_SAY || cue->frame == CUE_TELL)) {
            attribute(speech, piece, (int32_t)i - 1, "sentence-before");
            return true;
        }
    }
    return false;
}

static bool is_second_half(const Speech *speech, const Pieces *pieces,
                           uint32_t at, int32_t cue) {
    const Piece *piece = &pieces->items[at];
    const Piece *before = at > 0 ? &pieces->items[at - 1] : NULL;

    return before && before->cue == cue && !before->drop && before->direct &&
           is_mark_in(speech, piece->tokens.first - 1, ",") &&
           before->tokens.last <= speech->cues[cue].range.first;
}

/* Speech that nobody is named for: whole sentences in quotation marks. */
static bool is_bare_speech(const Speech *speech, const Piece *piece) {
    Range words = inside(piece);

    return starts_sentence(speech, piece->tokens.first) && !piece->single &&
           word_count(speech, words) >= SENTENCE_MIN &&
           word_is_capital(&speech->words, words.first) &&
           (piece->unclosed || is_mark_in(speech, words.last - 1, ".!?,"));
}

/* The piece's own cue: before it, after it, or at the sentence's end. */
static bool attribute_by_cue(const Speech *speech, Pieces *pieces,
                             uint32_t at) {
    Piece *piece = &pieces->items[at];
    uint32_t open = piece->tokens.first;
    bool bare = is_bare_speech(speech, piece);
    int32_t before = cue_before(speech, piece);
    int32_t after = piece->unclosed || !ends_open(speech, piece)
                        ? -1
                        : cue_after(speech, piece);

    before = may_govern(speech, before, bare) ? before : -1;
    after = may_govern(speech, after, bare) ? after : -1;
    if (before >= 0 && is_second_half(speech, pieces, at, before)) {
        attribute(speech, piece, before, "said-between");
        piece->follows = (int32_t)at - 1;
        piece->continues = true;
        piece->direct = true;
        return true;
    }
    if (before >= 0 &&
        (after < 0 || is_introduced(speech, &speech->cues[before], open))) {
        attribute(speech, piece, before, "said-before");
        return true;
    }
    if (after >= 0) {
        attribute(speech, piece, after, "said-after");
        return true;
    }
    after = cue_at_end(speech, piece);
    if (may_govern(speech, after, bare)) {
        attribute(speech, piece, after, "said-at-end");
        return true;
    }
    return false;
}

/* id="661": the value of an attribute that was left in the text. */
static bool is_markup(const Speech *speech, uint32_t open) {
    uint32_t at = speech->text->tokens[open].begin;

    return at > 0 && speech->text->bytes.ptr[at - 1] == '=';
}

static bool is_no_speech(const Speech *speech, const Pieces *pieces,
                         uint32_t at) {
    const Piece *piece = &pieces->items[at];
    const Cue *cue = piece->cue >= 0 ? &speech->cues[piece->cue] : NULL;
    uint32_t open = piece->tokens.first;

    if (is_markup(speech, open)) {
        return true;
    }
    if (starts_sentence(speech, open) && piece->cue >= 0) {
        return false;
    }
    if (open > 0 &&
        (follows_not_quote(speech, open) || is_nickname(speech, piece))) {
        return true;
    }
    if (is_title(speech, piece)) {
        return !cue || !(is_introduced(speech, cue, open) ||
                         begins_at(speech, cue, piece->tokens.last));
    }
    return false;
}

/* An unclosed piece without cue takes the one of the piece that goes on. */
static void attribute_backwards(Pieces *pieces) {
    for (uint32_t i = pieces->count; i-- > 1;) {
        Piece *piece = &pieces->items[i], *before = &pieces->items[i - 1];
        if (before->unclosed && before->cue < 0 && before->follows < 0 &&
            before->person < 0 && piece->cue >= 0) {
            before->cue = piece->cue;
            before->rule = "paragraphs";
        }
    }
}

void pieces_attribute(const Speech *speech, Pieces *pieces) {
    for (uint32_t i = 0; i < pieces->count; i++) {
        Piece *piece = &pieces->items[i];
        bool given = piece->cue >= 0;
        bool bare = is_bare_speech(speech, piece);
        bool found = given || ((bare || !is_title(speech, piece)) &&
                               attribute_by_cue(speech, pieces, i));
        if (given) {
            piece->direct = is_direct(speech, piece, &speech->cues[piece->cue]);
            piece->drop = is_no_speech(speech, pieces, i);
            continue;
        }
        if (found && i > 0 && pieces->items[i - 1].unclosed &&
            !pieces->items[i - 1].drop &&
            starts_block(speech, piece->tokens.first)) {
            piece->follows = (int32_t)i - 1;
            piece->continues = true;
            piece->direct = true;
        }
        found = found || attribute_by_signature(speech, piece) ||
                attribute_by_context(speech, pieces, i) ||
                attribute_by_sentence(speech, piece) ||
                attribute_by_paragraph(speech, piece);
        if (is_no_speech(speech, pieces, i) || (!found && !bare)) {
            piece->drop = true;
        } else if (!found) {
            piece->direct = true;
            piece->rule = "no-speaker";
        }
    }
    attribute_backwards(pieces);
}
