#!/usr/bin/env python3
"""Write made-up web pages of about 100 kB, one JSON object a line.

    bench/make_pages.py [--pages N] [--seed N] >pages.jsonl

The report of make_stream.py in its middle; around it what real pages carry: scripts and
styles (half of the bytes), menus, teasers, comments and a footer. The same options give
the same bytes everywhere.
"""
import argparse
import html
import json
import sys

import make_stream

BYTES = 100_000


def teaser(writer, number):
    place = writer.pick(make_stream.PLACES)
    return (f'<article class="teaser teaser--{number % 3}"><a class="teaser__link" href="/news/{number}">'
            f'<img class="teaser__image" src="/img/{number}.jpg" alt="{place}" loading="lazy" width="320" height="180">'
            f'<h3 class="teaser__title">{place}: talks {writer.pick(("stall", "resume"))} after {number} days</h3></a>'
            f'<time class="teaser__date" datetime="2031-03-{number % 28 + 1:02d}">{number % 28 + 1} March</time></article>')


def comment(writer, number):
    return (f'<div class="comment" id="comment-{number}"><b class="comment-author">reader{number}</b>'
            f'<p>{writer.pick(make_stream.SPEECH)}.</p><a class="reply" href="#">Reply</a></div>')


def page(writer, number):
    report = writer.report(number)
    paragraphs = "\n".join(f"<p>{html.escape(p)}</p>" for p in report["text"].split("\n\n"))
    menu = "".join(f'<li class="menu-item"><a href="/{p.lower()}">{p}</a></li>' for p in make_stream.PLACES)
    around = "".join(teaser(writer, n) for n in range(40))
    below = "".join(comment(writer, n) for n in range(20))
    body = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{report['title']} | {report['outlet']}</title>
<meta property="og:title" content="{report['title']}"><meta property="og:site_name" content="{report['outlet']}">
<meta property="article:published_time" content="{report['published']}T09:30:00+01:00"><style>%s</style></head><body>
<header class="site-header"><nav class="main-menu"><ul>{menu}</ul></nav></header><main id="content"><article class="post">
<h1 class="headline">{report['title']}</h1><p class="byline">By {writer.pick(make_stream.FIRST)} {writer.pick(make_stream.LAST)}</p>
<div class="article-body">{paragraphs}</div></article><aside class="related">{around}</aside><section class="comments">{below}</section>
</main><footer class="site-footer"><ul>{menu}</ul></footer><script>%s</script></body></html>"""
    missing = max(0, BYTES - len(body.encode()))
    style = ".teaser__title{font-size:1.1rem;margin:0 0 .5em}\n" * (missing // 3 // 49)
    script = 'window.track=function(a,b){return a<b?"<p>"+a:b};\n' * (missing * 2 // 3 // 51)
    return {"id": report["id"], "html": body.replace("%s", style, 1).replace("%s", script, 1)}


def write(out, pages, seed):
    writer = make_stream.Writer(seed)
    for number in range(pages):
        out.write(json.dumps(page(writer, number), ensure_ascii=False).encode() + b"\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(sys.stdout.buffer, options.pages, options.seed)


if __name__ == "__main__":
    main()
