#!/bin/sh
# Run each fuzz target of a build folder for some seconds; stop at the first
# crash. What it finds on the way stays in BUILD/corpus/NAME.
#
#     tools/fuzz.sh BUILD [SECONDS] [NAME...]
set -eu
build=${1:?usage: tools/fuzz.sh BUILD [SECONDS] [NAME...]}
seconds=${2:-60}
[ $# -gt 2 ] && shift 2 && names=$* || names=
root=$(cd "$(dirname "$0")/.." && pwd)
DATELINE_DATA=$(cd "$build" && pwd)/lexicon
export DATELINE_DATA
for target in "$build"/fuzz/fuzz_*; do
    [ -f "$target" ] && [ -x "$target" ] || continue
    name=${target##*/fuzz_}
    case " $names " in "  " | *" $name "*) ;; *) continue ;; esac
    seeds=$root/fuzz/seeds/$name
    corpus=$build/corpus/$name
    mkdir -p "$corpus"
    [ -d "$seeds" ] || seeds=
    printf '%s: ' "$name"
    if "$target" -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2048 \
        -max_len=65536 -artifact_prefix="$build/crash-$name-" \
        "$corpus" $seeds >"$build/fuzz-$name.log" 2>&1; then
        grep '^Done' "$build/fuzz-$name.log"
    else
        echo "crash"
        tail -n 60 "$build/fuzz-$name.log"
        exit 1
    fi
done
