/* SPDX-License-Identifier: Apache-2.0 */
/* tell/page_style.c - the page's style sheet, light, dark and printed.
 *
 * One column to read in, at a measure of some 66 characters; on a wide window
 * the reports stand beside it and a source opens there without the account
 * moving: the pane is fixed, so that only it scrolls to what a link names. */
#include "tell/page_style.h"

static const char *const colours[] = {
    ":root{color-scheme:light dark;--paper:#fcfbf8;--ink:#1f1e1b;"
    "--quiet:#66625a;--rule:#e3dfd6;--accent:#8a2f1d;--pane:#f5f2ea;"
    "--lit:#fbefc4;--open:#ffd866;--copy:#b7d0dc;--grey:#a39d92;"
    "--diff:#f7dfd6;"
    "--c0:#8a2f1d;--c1:#1f5f8b;--c2:#5a7a1e;--c3:#7b4a96;--c4:#a66a00;"
    "--c5:#2b7a73}",
    "@media (prefers-color-scheme:dark){:root{--paper:#191816;--ink:#e9e5dc;"
    "--quiet:#a49e92;--rule:#37342f;--accent:#f0a48c;--pane:#201f1c;"
    "--lit:#443b1d;--open:#7a6210;--copy:#3d5763;--grey:#79746a;"
    "--diff:#58301f;"
    "--c0:#f0a48c;--c1:#84bfe8;--c2:#b5d16a;--c3:#cda4e6;--c4:#edb95a;"
    "--c5:#7fcfc6}}",
};

static const char *const basics[] = {
    "*{box-sizing:border-box}",
    "html{font:112.5%/1.55 'Iowan Old Style','Palatino Linotype',Palatino,"
    "'Book Antiqua','Source Serif 4','Noto Serif',Georgia,serif;"
    "background:var(--paper);color:var(--ink);"
    "-webkit-text-size-adjust:100%;text-size-adjust:100%;"
    "font-variant-numeric:oldstyle-nums;hanging-punctuation:first}",
    "body{margin:0}",
    "main,.pane>*{max-width:41rem;margin:0 auto;padding:0 1.25rem}",
    "h1,h2,h3{line-height:1.2;text-wrap:balance;font-weight:600}",
    "h1{font-size:2rem;margin:.2em 0 .35em;letter-spacing:-.01em}",
    "h2{font-size:1.3rem;margin:2.6rem 0 1rem;padding-top:.7rem;"
    "border-top:1px solid var(--rule)}",
    "h3{font-size:1.06rem;margin:1.7rem 0 .3rem}",
    "p{margin:.4em 0}",
    "ol,ul{margin:0;padding:0;list-style:none}",
    "a{color:var(--accent);text-decoration-thickness:.06em;"
    "text-underline-offset:.18em}",
    ":focus-visible{outline:2px solid var(--accent);outline-offset:3px;"
    "border-radius:2px}",
    ".skip{position:absolute;left:-99rem}",
    ".skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.4rem;"
    "z-index:2}",
    "header{padding-top:2.6rem}",
    ".small,time,.kicker,nav,.src,.also,.legend,figcaption,table,summary,"
    ".role,.fewer,.via,footer,.credit,.tick,.number{font-family:system-ui,"
    "-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;"
    "font-variant-numeric:normal}",
    ".kicker{font-size:.72rem;letter-spacing:.09em;text-transform:uppercase;"
    "color:var(--quiet);margin:0}",
    ".small,time,.also,.role,.fewer,.via,.credit{font-size:.78rem;"
    "color:var(--quiet)}",
    "nav{font-size:.8rem;margin:1.1rem 0 0}",
    "nav a{margin-right:1.1em;display:inline-block;padding:.15em 0}",
};

static const char *const account[] = {
    ".src{font-size:.76rem;text-decoration:none;white-space:nowrap;"
    "border-bottom:1px solid var(--rule)}",
    ".src:hover{border-color:currentColor}",
    ".src small{color:var(--quiet);font-size:.9em}",
    ".sources{line-height:1.5;margin:.15em 0 0}",
    ".stories>li{margin:0 0 1.4rem;padding-left:2.1rem;position:relative;"
    "scroll-margin-top:1rem}",
    ".stories h3{margin:0}",
    ".stories .count{position:absolute;left:0;top:.05em;width:1.4rem;"
    "height:1.4rem;border-radius:50%;background:var(--accent);"
    "color:var(--paper);font:600 .75rem/1.4rem system-ui,sans-serif;"
    "text-align:center}",
    ".stories ul{columns:2;column-gap:1.5rem;margin-top:.3rem}",
    ".stories ul li{break-inside:avoid;font-size:.92rem}",
    ".days li,.statement{display:grid;grid-template-columns:6.2rem 1fr;"
    "gap:0 1rem;margin:0 0 1rem}",
    ".days time,.statement>time{padding-top:.32em}",
    ".days p{margin:0 0 .2em}",
    ".speaker h3{margin-bottom:.25rem}",
    ".speaker .also{margin:0 0 .6rem}",
    "h3 .role{font-weight:400;font-size:.84rem}",
    "blockquote{margin:0}",
    "blockquote.indirect{color:var(--ink);font-style:italic}",
    ".wordings{display:grid;gap:.8rem 1.2rem;"
    "grid-template-columns:repeat(auto-fit,minmax(14rem,1fr))}",
    ".wordings>div{border-left:2px solid var(--rule);padding-left:.8rem}",
    ".wordings ins{text-decoration:none;background:var(--diff);"
    "border-radius:2px;padding:0 .1em;margin:0 -.1em;"
    "-webkit-box-decoration-break:clone;box-decoration-break:clone}",
    "table{border-collapse:collapse;width:100%;font-size:.8rem;"
    "line-height:1.4;margin:.6rem 0 1rem}",
    "th{text-align:left;font-weight:500;color:var(--quiet)}",
    "td,th{padding:.38rem .8rem .38rem 0;border-bottom:1px solid var(--rule);"
    "vertical-align:top}",
    "td:last-child{padding-right:0}td .sources{margin:0;line-height:1.4}",
    "td.words{font:1rem/1.35 inherit;font-family:inherit;min-width:9rem;"
    "font-weight:600}",
    "td time{font-size:inherit;white-space:nowrap}",
    "summary{font-size:.8rem;color:var(--accent);cursor:pointer;"
    "padding:.2em 0}",
    ".pairs{margin:.5rem 0 1rem}",
    ".pairs li{font-size:.9rem;margin:0 0 .6rem;padding-left:.8rem;"
    "border-left:2px solid var(--rule)}",
    ".copies>li{margin:0 0 .8rem}",
    "footer{font-size:.76rem;color:var(--quiet);margin:3rem 0 2rem;"
    "border-top:1px solid var(--rule);padding-top:.8rem}",
};

static const char *const plots[] = {
    ".plot{margin:.6rem 0}",
    ".plot svg,.line{display:block;width:100%;height:auto;overflow:visible}",
    ".grid{stroke:var(--rule)}",
    ".tick{fill:var(--quiet);font-size:11px}",
    ".range{stroke:var(--c);stroke-width:2;opacity:.5}",
    ".c0{--c:var(--c0)}.c1{--c:var(--c1)}.c2{--c:var(--c2)}",
    ".c3{--c:var(--c3)}.c4{--c:var(--c4)}.c5{--c:var(--c5)}",
    ".plot a,.legend svg{fill:var(--c);stroke:var(--paper);stroke-width:1}",
    ".legend svg{stroke:none}",
    ".cross{fill:none;stroke:var(--c);stroke-width:2.5}",
    ".plot figcaption{color:var(--quiet);font-size:.78rem}",
    ".legend{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem}",
    ".legend li{display:flex;align-items:center;gap:.4em}",
    ".legend svg{flex:none;width:14px;overflow:visible}",
    ".line{margin:1.2rem 0 0}",
    ".line line{stroke:var(--accent);stroke-width:2}",
    ".line circle{fill:var(--accent);stroke:var(--paper);stroke-width:3}",
    ".line .number{fill:var(--paper);font-size:11px;font-weight:600}",
};

static const char *const pane[] = {
    ".pane{background:var(--pane);border-top:1px solid var(--rule);"
    "padding:1rem 0 3rem}",
    ".pane h2{border:0;margin:1.4rem auto .4rem}",
    ".report{padding-top:1.4rem;padding-bottom:1.4rem;"
    "scroll-margin-top:.5rem}",
    ".report+.report{border-top:1px solid var(--rule)}",
    ".report h3{margin:.1rem 0 .3rem;font-size:1.15rem}",
    ".text{white-space:pre-wrap;overflow-wrap:break-word;font-size:.95rem;"
    "margin-top:.8rem}",
    "mark{background:none;color:inherit;scroll-margin:30vh 0}",
    "mark.q{background:var(--lit);border-radius:2px}",
    "mark.p{border-bottom:1px solid var(--copy)}",
    "mark.l,mark.l mark{color:var(--grey)}",
    "mark.h{font-weight:600}",
    "mark:target{background:var(--open);color:var(--ink);"
    "box-shadow:0 0 0 .18em var(--open);border-radius:2px;"
    "-webkit-box-decoration-break:clone;box-decoration-break:clone}",
    ".key mark{padding:0 .2em}",
    "@media (min-width:75rem) and (min-height:30rem){"
    "body{display:grid;grid-template-columns:minmax(0,1fr) 40vw}"
    "main{margin:0 0 0 auto;padding:0 2.5rem 0 1.5rem;width:100%}"
    ".pane{position:fixed;top:0;right:0;bottom:0;width:40vw;overflow-y:auto;"
    "border:0;border-left:1px solid var(--rule);overscroll-behavior:contain;"
    "padding-top:.4rem}"
    ".pane>*{margin:0;padding:0 2rem;max-width:40rem}"
    ".pane .report{padding:1.4rem 2rem}}",
    "@media (max-width:34rem){html{font-size:106.25%}"
    "h1{font-size:1.6rem}.stories ul{columns:1}"
    ".days li,.statement{grid-template-columns:1fr}"
    ".days time,.statement>time{padding:0}"
    "table,tbody,tr,td{display:block}thead{display:none}"
    "tr{border-bottom:1px solid var(--rule);padding:.4rem 0}"
    "td{border:0;padding:.05rem 0}}",
    "@media print{:root{--paper:#fff;--ink:#000;--quiet:#444;--rule:#bbb;"
    "--accent:#000;--pane:#fff;--lit:#fff;--open:#fff;--copy:#999;"
    "--grey:#888;--diff:#eee;color-scheme:light}"
    "html{font-size:10pt}main,.pane>*{max-width:none;padding:0}"
    "nav,.skip{display:none}.pane{break-before:page;border:0}"
    "h2,h3{break-after:avoid}.statement,.days li,.copies>li,.plot,tr"
    "{break-inside:avoid}a{text-decoration:none}"
    "mark.q{border-bottom:1px dotted #666}}",
};

static void put_rules(Buf *out, const char *const *rules, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buf_put(out, rules[i]);
        buf_char(out, '\n');
    }
}

void page_style(Buf *out) {
    put_rules(out, colours, sizeof colours / sizeof *colours);
    put_rules(out, basics, sizeof basics / sizeof *basics);
    put_rules(out, account, sizeof account / sizeof *account);
    put_rules(out, plots, sizeof plots / sizeof *plots);
    put_rules(out, pane, sizeof pane / sizeof *pane);
}
