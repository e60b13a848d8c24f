#!/usr/bin/env bash
# Puts into README.md what the quick start really prints and draws, or with --check fails where they differ.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
dotnet run -c Release --project Sim.Cli -- run experiments/quickstart.yaml --out "$out/quickstart" > "$out/printed" 2> /dev/null
{
  echo '<!-- quickstart: begin -->'
  echo '```'
  awk 'NF && !header { header = 1; print; next } $2 == "96" { print }' "$out/printed"
  echo '```'
  echo '<!-- quickstart: end -->'
} > "$out/table"
awk -v table="$out/table" '/<!-- quickstart: begin -->/ { while ((getline line < table) > 0) print line; skip = 1 } !skip { print } /<!-- quickstart: end -->/ { skip = 0 }' \
  README.md > "$out/README.md"
figure=$(ls "$out"/quickstart/figures/01-*.svg)
if [ "${1:-}" = --check ]; then
  cmp "$out/README.md" README.md && cmp "$figure" docs/quickstart.svg
else
  cp "$out/README.md" README.md
  cp "$figure" docs/quickstart.svg
fi
