/* SPDX-License-Identifier: Apache-2.0 */
/* tell/plot.c - see plot.h. */
#include "tell/plot.h"

#include <math.h>

#include "tell/format.h"
#include "tell/html.h"

/* ------------------------------------------------------------ terminal */

Str plot_bar(Arena *arena, int64_t value, int64_t largest, uint32_t columns) {
    static const char *const eighths[] = {"",  "▏", "▎", "▍",
                                          "▌", "▋", "▊", "▉"};
    uint64_t filled = 0;
    Str bar = {0};

    if (value > 0 && largest > 0) {
        double share = (double)value / (double)largest;
        filled = (uint64_t)(share * columns * 8 + 0.5);
        filled = filled ? filled : 1;
    }
    for (uint64_t i = 0; i < filled / 8; i++) {
        bar = str_join(arena, bar, str_of("█"));
    }
    return str_join(arena, bar, str_of(eighths[filled % 8]));
}

/* ----------------------------------------------------------------- SVG */

enum {
    WIDTH = 640,
    HEIGHT = 220,
    LEFT = 66,
    RIGHT = 22,
    TOP = 16,
    PLOT_LEFT = LEFT + 14, /* of the first and last mark */
    PLOT_RIGHT = WIDTH - RIGHT - 14,
    LINE_LEFT = 44,
    BOTTOM = 30,
    LABEL_APART = 92, /* of two dates under the axis */
    LABEL_WIDTH = 68, /* of "25 Feb 2013" */
    LOG_RATIO = 100,  /* largest to smallest, for a logarithmic scale */
    DODGE = 9,        /* marks closer than that overlap */
    SHAPES = 6,
    LINE_HEIGHT = 74, /* of the storyline */
    LINE_Y = 40,
};

typedef struct Scale {
    double low, high; /* of the values, or of their logarithms */
    bool logarithmic;
    int64_t first, last; /* days */
} Scale;

static int64_t value_of(const FigureClaim *figure) {
    if (figure->best != FIGURE_UNKNOWN) {
        return figure->best;
    }
    return figure->low != FIGURE_UNKNOWN ? figure->low : figure->high;
}

static bool is_mark(const FigureClaim *figure) {
    int64_t day;

    return value_of(figure) >= 0 && date_number(figure_date(figure), &day);
}

bool plot_worth(const Series *series) {
    uint32_t marks = 0;

    for (uint32_t i = 0; i < series->count; i++) {
        marks += is_mark(&series->figures[i]);
    }
    return marks >= 2 && !str_is(series->kind, figure_kind_name(FIGURE_OTHER));
}

static Scale scale_of(const Series *series) {
    Scale scale = {.first = INT64_MAX, .last = INT64_MIN};
    double least = INFINITY, largest = 0;

    for (uint32_t i = 0; i < series->count; i++) {
        const FigureClaim *figure = &series->figures[i];
        double value = (double)value_of(figure);
        int64_t day;
        if (!is_mark(figure) || !date_number(figure_date(figure), &day)) {
            continue;
        }
        scale.first = day < scale.first ? day : scale.first;
        scale.last = day > scale.last ? day : scale.last;
        least = fmin(least, fmax(value, 1));
        largest = fmax(largest, value);
    }
    scale.logarithmic = largest > LOG_RATIO * least;
    scale.low = scale.logarithmic ? floor(log10(least)) : 0;
    scale.high = scale.logarithmic ? ceil(log10(largest) + 0.05)
                                   : fmax(largest * 1.08, 1);
    return scale;
}

static double x_at(const Scale *scale, int64_t day, double left, double right) {
    double span = (double)(scale->last - scale->first);
    double share = span > 0 ? (double)(day - scale->first) / span : 0.5;

    return left + share * (right - left);
}

static double y_at(const Scale *scale, double value) {
    double at = scale->logarithmic ? log10(fmax(value, 1)) : value;
    double share = (at - scale->low) / (scale->high - scale->low);

    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
}

/* 1, 2 or 5 times a power of ten: the step that gives about four lines. */
static double step_of(double high) {
    double rough = high / 4, power = pow(10, floor(log10(rough)));
    double lead = rough / power;

    power *= lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10;
    return fmax(power, 1);
}

static void put_grid_line(Arena *arena, Buf *out, const Scale *scale,
                          double value) {
    double y = y_at(scale, value);

    buf_format(out,
               "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\""
               " y2=\"%.1f\"/><text class=\"tick\" x=\"%d\" y=\"%.1f\""
               " text-anchor=\"end\">%s</text>",
               LEFT, WIDTH - RIGHT, y, y, LEFT - 8, y + 4,
               number_words(arena, (int64_t)value).ptr);
}

static void put_grid(Arena *arena, Buf *out, const Scale *scale) {
    if (scale->logarithmic) {
        for (double power = scale->low; power <= scale->high; power++) {
            put_grid_line(arena, out, scale, pow(10, power));
        }
        return;
    }
    for (double value = 0; value <= scale->high;
         value += step_of(scale->high)) {
        put_grid_line(arena, out, scale, value);
    }
}

/* The dates under the axis, as many as have room: at the ends they stand
 * inside the plot. */
static void put_dates(Arena *arena, Buf *out, const Series *series,
                      const Scale *scale) {
    double free_from = LEFT - 20;

    for (uint32_t i = 0; i < series->count; i++) {
        double x, left;
        int64_t day;
        if (!is_mark(&series->figures[i]) ||
            !date_number(figure_date(&series->figures[i]), &day)) {
            continue;
        }
        x = x_at(scale, day, PLOT_LEFT, PLOT_RIGHT);
        left = fmin(fmax(x - LABEL_WIDTH / 2.0, PLOT_LEFT - 8),
                    PLOT_RIGHT + 8 - LABEL_WIDTH);
        if (left < free_from) {
            continue;
        }
        free_from = left + LABEL_WIDTH + 14;
        buf_format(out,
                   "<text class=\"tick\" x=\"%.1f\" y=\"%d\""
                   " text-anchor=\"middle\">%s</text>",
                   left + LABEL_WIDTH / 2.0, HEIGHT - 8,
                   date_words(arena, figure_date(&series->figures[i])).ptr);
    }
}

/* One mark: a shape of its own for each claimant, so that colour is never all
 * that tells them apart. */
static void put_shape(Buf *out, uint32_t shape, double x, double y) {
    switch (shape % SHAPES) {
    case 0:
        buf_format(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>", x, y);
        break;
    case 1:
        buf_format(out,
                   "<rect x=\"%.1f\" y=\"%.1f\" width=\"9\" height=\"9\"/>",
                   x - 4.5, y - 4.5);
        break;
    case 2:
        buf_format(out, "<path d=\"M%.1f %.1fl6 11h-12z\"/>", x, y - 7);
        break;
    case 3:
        buf_format(out, "<path d=\"M%.1f %.1fl6 6-6 6-6-6z\"/>", x, y - 6);
        break;
    case 4:
        buf_format(out, "<path d=\"M%.1f %.1fl-6-11h12z\"/>", x, y + 7);
        break;
    default:
        buf_format(out,
                   "<path class=\"cross\" d=\"M%.1f %.1fl10 10m0-10l-10 "
                   "10\"/>",
                   x - 5, y - 5);
    }
}

/* The claimants in the order of their first mark. */
static uint32_t claimant_of(StrList *names, Arena *arena, Str name) {
    for (uint32_t i = 0; i < names->count; i++) {
        if (str_equal_fold(names->items[i], name)) {
            return i;
        }
    }
    str_push(arena, names, name);
    return names->count - 1;
}

static Str claimant_words(Str name) {
    return name.len ? name : str_of("the outlet itself");
}

static void put_title(Arena *arena, Buf *out, const FigureClaim *figure) {
    const Carrier *carrier = &figure->carriers.items[0];

    buf_put(out, "<title>");
    html_text(out, figure->words);
    buf_put(out, " — ");
    html_text(out, claimant_words(figure->claimant.name));
    buf_put(out, ", ");
    html_text(out, date_words(arena, figure_date(figure)));
    buf_put(out, " (");
    html_text(out, carrier->label);
    buf_put(out, ")</title>");
}

/* Low and high, where both were said, as a line through the mark. */
static void put_range(Buf *out, const Scale *scale, const FigureClaim *figure,
                      double x) {
    if (figure->low >= 0 && figure->high > figure->low) {
        buf_format(out,
                   "<line class=\"range\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\""
                   " y2=\"%.1f\"/>",
                   x, x, y_at(scale, (double)figure->low),
                   y_at(scale, fmin((double)figure->high,
                                    scale->logarithmic ? pow(10, scale->high)
                                                       : scale->high)));
    }
}

typedef struct Point {
    double x, y;
} Point;

/* The place of a mark: to the right of those it would cover, as long as it
 * stays near its day. */
static Point place_mark(const Point *placed, uint32_t count, Point at) {
    Point free = at;

    for (uint32_t i = 0; i < count && free.x - at.x < 4 * DODGE; i++) {
        if (fabs(placed[i].x - free.x) < DODGE &&
            fabs(placed[i].y - free.y) < DODGE) {
            free.x = placed[i].x + DODGE;
        }
    }
    return free;
}

/* Six colours and six shapes; the seventh claimant has the first shape in the
 * second colour. */
static uint32_t colour_of(uint32_t claimant) {
    return (claimant + claimant / SHAPES) % SHAPES;
}

static void put_marks(Arena *arena, Buf *out, const Series *series,
                      const Scale *scale, StrList *claimants,
                      Str (*anchor)(void *context, const FigureClaim *figure),
                      void *context) {
    Point *placed = arena_alloc(arena, series->count * sizeof *placed + 1);
    uint32_t count = 0;

    for (uint32_t i = 0; i < series->count; i++) {
        const FigureClaim *figure = &series->figures[i];
        uint32_t who;
        Point at;
        int64_t day;
        if (!is_mark(figure) || !date_number(figure_date(figure), &day)) {
            continue;
        }
        who = claimant_of(claimants, arena, figure->claimant.name);
        at = (Point){x_at(scale, day, PLOT_LEFT, PLOT_RIGHT),
                     y_at(scale, (double)value_of(figure))};
        at = placed[count] = place_mark(placed, count, at);
        count++;
        buf_format(out, "<a class=\"c%u\" href=\"#%s\">", colour_of(who),
                   anchor(context, figure).ptr);
        put_title(arena, out, figure);
        put_range(out, scale, figure, at.x);
        put_shape(out, who, at.x, at.y);
        buf_put(out, "</a>");
    }
}

static void put_legend(Buf *out, const StrList *claimants) {
    buf_put(out, "<ul class=\"legend\">");
    for (uint32_t i = 0; i < claimants->count; i++) {
        buf_format(out,
                   "<li><svg class=\"c%u\" viewBox=\"0 0 16 16\" width=\"14\""
                   " height=\"14\" aria-hidden=\"true\">",
                   colour_of(i));
        put_shape(out, i, 8, 8);
        buf_put(out, "</svg> ");
        html_text(out, claimant_words(claimants->items[i]));
        buf_put(out, "</li>");
    }
    buf_put(out, "</ul>");
}

void plot_series(Arena *arena, Buf *out, const Series *series,
                 Str (*anchor)(void *context, const FigureClaim *figure),
                 void *context) {
    Scale scale = scale_of(series);
    StrList claimants = {0};

    buf_format(out,
               "<figure class=\"plot\"><svg viewBox=\"0 0 %d %d\""
               " role=\"img\" aria-label=\"",
               WIDTH, HEIGHT);
    html_text(out, series->kind);
    buf_put(out, ": one mark for each figure, by date\">");
    put_grid(arena, out, &scale);
    put_dates(arena, out, series, &scale);
    put_marks(arena, out, series, &scale, &claimants, anchor, context);
    buf_put(out, "</svg><figcaption>");
    put_legend(out, &claimants);
    if (scale.logarithmic) {
        buf_put(out, "<p>Each line of the scale is ten times the one below."
                     "</p>");
    }
    buf_put(out, "</figcaption></figure>\n");
}

/* ----------------------------------------------------------- storyline */

static void put_story(Arena *arena, Buf *out, const AccountStory *story,
                      uint32_t number, double x, double y) {
    Str range = date_range(arena, story->from, story->to);

    buf_format(out, "<a href=\"#story-%u\"><title>", number);
    html_text(out, story->title);
    buf_format(out, " (%s%s%s)</title>", range.ptr ? range.ptr : "",
               range.len ? ", " : "",
               count_words(arena, story->count, "report").ptr);
    buf_format(out,
               "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>"
               "<text class=\"number\" x=\"%.1f\" y=\"%.1f\""
               " text-anchor=\"middle\">%u</text></a>",
               x, y, 8 + fmin(2 * sqrt(story->count), 8), x, y + 4, number);
}

void plot_storyline(Arena *arena, Buf *out, const Account *account) {
    Scale scale = {.first = INT64_MAX, .last = INT64_MIN};
    double last_x = -100, last_label = -LABEL_APART;

    for (uint32_t i = 0; i < account->story_count; i++) {
        int64_t day;
        if (date_number(account->stories[i].from, &day)) {
            scale.first = day < scale.first ? day : scale.first;
            scale.last = day > scale.last ? day : scale.last;
        }
    }
    if (account->story_count < 2 || scale.first > scale.last) {
        return;
    }
    buf_format(out,
               "<svg class=\"line\" viewBox=\"0 0 %d %d\" role=\"img\""
               " aria-label=\"The stories of the storyline in time\">"
               "<line x1=\"20\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>",
               WIDTH, LINE_HEIGHT, WIDTH - 20, LINE_Y, LINE_Y);
    for (uint32_t i = 0; i < account->story_count; i++) {
        const AccountStory *story = &account->stories[i];
        int64_t day;
        double x;
        if (!date_number(story->from, &day)) {
            continue;
        }
        x = fmax(x_at(&scale, day, LINE_LEFT, WIDTH - LINE_LEFT), last_x + 30);
        last_x = x;
        put_story(arena, out, story, i + 1, x, LINE_Y);
        if (x - last_label >= LABEL_APART) {
            last_label = x;
            buf_format(out,
                       "<text class=\"tick\" x=\"%.1f\" y=\"%d\""
                       " text-anchor=\"%s\">%s</text>",
                       x, LINE_HEIGHT - 4, x > WIDTH - 60 ? "end" : "middle",
                       date_words(arena, story->from).ptr);
        }
    }
    buf_put(out, "</svg>\n");
}
