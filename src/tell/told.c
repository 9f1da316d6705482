/* SPDX-License-Identifier: Apache-2.0 */
/* tell/told.c - see told.h. */
#include "tell/told.h"

#include "tell/format.h"

enum { SOURCES_SHOWN = 4 };

void told_source(Line *line, const char *mark, Str label, uint32_t byte) {
    line_keep(line, INK_DIM,
              str_format(line->arena, "%s %.*s [%u]", mark, (int)label.len,
                         label.ptr, byte));
}

void told_fewer(Line *line, uint32_t reports, uint32_t origins) {
    Str fewer = origins_words(line->arena, reports, origins);

    if (fewer.len) {
        line_keep(line, INK_DIM,
                  str_format(line->arena, "(%.*s)", (int)fewer.len, fewer.ptr));
    }
}

void told_voice(Line *line, const Voice *voice) {
    if (voice->name.len) {
        line_add(line, INK_BOLD, voice->name);
        line_join(line, INK_PLAIN, str_of(":"));
    }
}

void told_sources(Line *line, const Carriers *carriers, Str via) {
    uint32_t shown = 0, hidden = 0;

    for (uint32_t i = 0; i < carriers->count; i++) {
        const Carrier *carrier = &carriers->items[i];
        if (i && carrier->report == carriers->items[i - 1].report) {
            continue;
        }
        if (shown == SOURCES_SHOWN) {
            hidden++;
            continue;
        }
        told_source(line, shown++ ? "·" : "—", carrier->label,
                    carrier->span.begin);
        if (i == 0 && via.len) {
            line_join(line, INK_DIM, str_of(","));
            line_add(line, INK_DIM, via);
        }
    }
    if (hidden) {
        line_keep(line, INK_DIM,
                  str_format(line->arena, "and %u more", hidden));
    }
    told_fewer(line, carriers->reports, carriers->origins);
}

void told_day(Line *line, const TimelineDay *day) {
    line_column(line, INK_BOLD, date_words(line->arena, day->date), 12);
    for (uint32_t i = 0; i < day->sentence_count; i++) {
        const DaySentence *sentence = &day->sentences[i];
        line_add(line, INK_PLAIN, sentence->text);
        told_source(line, "—", sentence->label, sentence->span.begin);
    }
    told_fewer(line, day->reports, day->origins);
    line_end(line, 2, 15);
}
