/* SPDX-License-Identifier: Apache-2.0 */
/* tell/views.h - the lists that `dateline` prints, one function a view.
 *
 * Room: tell. Each walks its rows in a fixed order and writes every row as a
 * line of JSON or as text for the terminal, as teller->style asks. */
#ifndef TELL_VIEWS_H
#define TELL_VIEWS_H

#include "tell/screen.h"
#include "tell/teller.h"

void tell_stories(Teller *teller);
void tell_explain(Teller *teller);
void tell_quotes(Teller *teller);
void tell_figures(Teller *teller);
void tell_events(Teller *teller);
void tell_conflicts(Teller *teller);
void tell_copies(Teller *teller);
void tell_names(Teller *teller);
void tell_search(Teller *teller);
void tell_litter(Teller *teller);
void tell_versions(Teller *teller);

/* A line for the terminal that the style describes, in the row's arena. */
Line teller_line(Teller *teller);
/* Close a row: what was written goes to the sink, the row's arena is reset. */
void teller_row_end(Teller *teller);

#endif
