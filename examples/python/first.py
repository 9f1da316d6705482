"""Adds one report to a store and prints who said what, through ctypes.

    python3 first.py news.db

The shared library is looked for as libdateline.so; DATELINE_LIBRARY names
another path.
"""
import ctypes
import json
import os
import sys
from ctypes import byref, c_char, c_char_p, c_int, c_size_t, c_void_p

WRITE, QUOTES = 1, 3  # of dateline_mode and dateline_what


class Error(ctypes.Structure):
    _fields_ = [("status", c_int), ("message", c_char * 512)]


class Report(ctypes.Structure):
    _fields_ = [("text", c_char_p), ("text_len", c_size_t)] + [
        (name, c_char_p) for name in ("id", "title", "outlet", "url",
                                      "published", "byline", "language")]


library = ctypes.CDLL(os.environ.get("DATELINE_LIBRARY", "libdateline.so.0"))
library.dateline_view_next.restype = c_char_p
for name in ("dateline_free", "dateline_store_close", "dateline_view_close",
             "dateline_view_next"):
    getattr(library, name).argtypes = [c_void_p]


def call(name, *arguments):
    """Call a function that can fail."""
    error = Error()
    if getattr(library, name)(*arguments, byref(error)) != 0:
        sys.exit(f"first.py: {error.message.decode()}")


data, store, quotes = c_void_p(), c_void_p(), c_void_p()
report = Report(
    outlet=b"Harrow Bay Courier", published=b"2019-05-14",
    text=b'"The bridge is safe," Ada Brandt, the mayor, said on Monday.\n'
         b"At least 12 people were injured, police said.")
path = os.fsencode(sys.argv[1] if len(sys.argv) > 1 else "dateline.db")
call("dateline_new", None, byref(data))
call("dateline_store_open", data, path, WRITE, byref(store))
call("dateline_add", store, byref(report), None, None)
call("dateline_view_open", store, QUOTES, None, byref(quotes))
while (quote := library.dateline_view_next(quotes)) is not None:
    print(json.loads(quote))
library.dateline_view_close(quotes)
library.dateline_store_close(store)
library.dateline_free(data)
