/* SPDX-License-Identifier: Apache-2.0 */
/* tell/view_timeline.c - VIEW_TIMELINE: the days that matter.
 *
 * Room: tell. */
#include "tell/filter.h"
#include "tell/timeline.h"
#include "tell/told.h"
#include "tell/views.h"

static void put_json(Teller *teller, const TimelineDay *day) {
    Json json = json_to(&teller->out);

    json_open(&json, '{');
    json_key_str(&json, "date", day->date);
    json_key(&json, "summary");
    json_open(&json, '[');
    for (uint32_t i = 0; i < day->sentence_count; i++) {
        const DaySentence *sentence = &day->sentences[i];
        json_open(&json, '{');
        json_key_str(&json, "text", sentence->text);
        json_key_str(&json, "report", sentence->id);
        json_key_span(&json, "span", sentence->span);
        json_key_str_or_null(&json, "outlet", sentence->outlet);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_key_int(&json, "reports", day->reports);
    json_key_int(&json, "origins", day->origins);
    json_close(&json, '}');
    buf_char(&teller->out, '\n');
}

void tell_timeline(Teller *teller) {
    Timeline timeline;

    timeline_read(teller, FILTER_REPORTS, &timeline);
    for (uint32_t i = 0; i < timeline.count; i++) {
        if (teller->style.format == TELL_JSON) {
            put_json(teller, &timeline.days[i]);
        } else {
            Line line = teller_line(teller);
            told_day(&line, &timeline.days[i]);
        }
        teller_row_end(teller);
    }
}
