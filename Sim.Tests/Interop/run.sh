#!/bin/sh
# Our files through other readers, and DuckDB's through ours. Needs node and a package registry.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/ours" "$work/theirs"

cd "$here"
npm ci
node write-duckdb.mjs "$work/theirs"
SIM_INTEROP_OUT="$work/ours" SIM_INTEROP_IN="$work/theirs" dotnet test -c Release ../Sim.Tests.csproj \
  --filter "FullyQualifiedName~InteropFilesTests|FullyQualifiedName~DuckDbFileTests"
node check.mjs "$work/ours"
