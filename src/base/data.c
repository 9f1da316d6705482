/* SPDX-License-Identifier: Apache-2.0 */
/* base/data.c - see data.h. */
#include "base/data.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/data_paths.h"

static bool find_in(const char *folder, const char *name, Buf *out) {
    buf_reset(out);
    buf_format(out, "%s/%s", folder, name);
    buf_char(out, '\0');
    return out->status == OK && access(out->ptr, R_OK) == 0;
}

Status data_find(const char *name, Buf *out, Error *err) {
    const char *asked = getenv("DATELINE_DATA");

    if (asked && *asked) {
        return find_in(asked, name, out)
                   ? OK
                   : fail(err, ERR_DATA,
                          "%s: not in %s, which DATELINE_DATA names", name,
                          asked);
    }
    if (find_in(DATA_INSTALLED, name, out) || find_in(DATA_BUILT, name, out)) {
        return OK;
    }
    return fail(err, ERR_DATA,
                "%s: neither in %s nor in %s; set DATELINE_DATA to its folder",
                name, DATA_INSTALLED, DATA_BUILT);
}

Status data_find_in(const char *folder, const char *name, Buf *out,
                    Error *err) {
    if (!folder) {
        return data_find(name, out, err);
    }
    buf_reset(out);
    buf_format(out, "%s/%s", folder, name);
    return buf_check(out, err);
}
