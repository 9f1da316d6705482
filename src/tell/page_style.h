/* SPDX-License-Identifier: Apache-2.0 */
/* tell/page_style.h - the look of the page.
 *
 * Room: tell. */
#ifndef TELL_PAGE_STYLE_H
#define TELL_PAGE_STYLE_H

#include "base/buf.h"

/* The style sheet, without its <style> element. */
void page_style(Buf *out);

#endif
