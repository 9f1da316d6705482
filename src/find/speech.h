/* SPDX-License-Identifier: Apache-2.0 */
/* find/speech.h - who speaks: from a word of speech to a party.
 *
 * Room: find; used by the files of this room only. A cue is a word that
 * reports speech, with the place of its speaker:
 *
 *     The   Hill Front  ,  meanwhile ,  said   the bridge was shut .
 *     '--- subject ---'                 cue    '---- clause -----'
 *
 * party.c finds the phrases around a cue and says who is meant by them; cue.c
 * finds the cues; quotes.c and its parts give them what was said. */
#ifndef FIND_SPEECH_H
#define FIND_SPEECH_H

#include "find/words.h"

/* What a cue takes, as the table cue has it. */
typedef enum CueFrame {
    CUE_SAY,       /* a clause: said that it was so */
    CUE_TELL,      /* a hearer, then a clause */
    CUE_CALL,      /* a name: called it "a mistake" */
    CUE_OBJECT,    /* a noun: criticised the "shameful" delay */
    CUE_THINK,     /* a clause, thought rather than said */
    CUE_QUOTE,     /* somebody else: quoted him as saying */
    CUE_ACCORDING, /* the speaker: according to the ministry */
    CUE_REPORT,    /* closes CUE_QUOTE: as saying */
    CUE_FRAME_COUNT
} CueFrame;

typedef enum CueForm {
    CUE_PAST,
    CUE_PRESENT,
    CUE_PARTICIPLE,
    CUE_PHRASE,
    CUE_FORM_COUNT
} CueForm;

typedef struct Cue {
    Range range; /* tokens */
    LexRow row;
    CueFrame frame;
    CueForm form;
    bool inverted;  /* the speaker stands after it: said X */
    bool passive;   /* was quoted, was told */
    bool negated;   /* did not say */
    int32_t model;  /* the attribution that it was read from; -1: a rule's */
    Range subject;  /* the phrase of the speaker; empty: not found */
    uint32_t after; /* first token after cue and inverted speaker */
    Party party;    /* who the subject is */
} Cue;

typedef struct Attributions Attributions; /* find/attribution.h */

typedef struct Speech {
    Arena *arena;       /* borrowed */
    Analysis *analysis; /* borrowed */
    const Text *text;   /* borrowed */
    Words words;
    uint8_t *quoted; /* arena; per token: inside quotation marks */
    Cue *cues;       /* arena; of all sentences, in order */
    uint32_t cue_count, cue_capacity;
    uint32_t *first_cue; /* arena; of each sentence, and one more at the end */
    int32_t speaker;     /* entity who spoke last, -1: none */
    uint32_t speaker_sentence;
    int32_t body;    /* organisation that spoke last, -1: none */
    Party described; /* who spoke last without a name: "doctor at the port" */
    uint32_t described_sentence;
} Speech;

/* The noun phrase that ends before token `end`, not before `floor`. */
Range phrase_before(const Speech *speech, uint32_t end, uint32_t floor);
/* The noun phrase that begins at `first`, within `limit`. With `places` it
 * goes on over "in Tarn", "at the ministry". */
Range phrase_after(const Speech *speech, uint32_t first, uint32_t limit,
                   bool places);
/* Who is meant by a phrase; pronouns and "the watchdog" are resolved as far
 * as that is safe. May append an entity ("Ardan government").
 * Memory: the name lies in the text or the arena. */
Party party_of(Speech *speech, Range phrase);
/* The name mention that a phrase is about, or -1. */
int32_t phrase_mention(const Speech *speech, Range phrase);
/* True if the party is a news agency, paper or broadcaster. */
bool party_is_outlet(const Speech *speech, Range phrase);

/* Find the cues outside quotation marks, with subject and party: those of the
 * attributions, and what rules find beside them. An attribution that a rule
 * refutes ("did not say") loses its contents. Cost: linear. */
void cues_find(Speech *speech, Attributions *attributions);
/* What a row of the table cue tells. */
CueFrame cue_frame(LexRow row);
CueForm cue_form(LexRow row);
/* True of the first verb of the table, which is hardly ever a noun and takes
 * a clause without "that". */
bool cue_is_general(const Speech *speech, const Cue *cue);
/* The subject phrase that stands before a cue at `verb`. */
Range cue_subject(const Speech *speech, uint32_t verb, uint32_t floor);

#endif
