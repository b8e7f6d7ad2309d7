#!/usr/bin/env bash
# Brings another release of the npm package libpg-query into src/main/wasm: the .wasm and its map of letters.
# For a developer's machine; the build itself needs neither npm nor Node.
#
#   src/main/wasm/upgrade.sh 17.7.4 sha512-…      the version, and the integrity the registry's page names
#
# Afterwards: put the functions the build names as too large into `interpreted` here and into pom.xml, pin
# the new SHA-256 in GrammarBuildTest, compare the recorded trees (CorpusTest), read the licences again.
set -euo pipefail
version=${1:?version of libpg-query} integrity=${2:?sha512-… of the package}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "libpg-query@$version" >/dev/null
got="sha512-$(openssl dgst -sha512 -binary "libpg-query-$version.tgz" | base64 | tr -d '\n')"
[ "$got" = "$integrity" ] || { echo "The package is not the one that was named: $got" >&2; exit 1; }
tar xzf "libpg-query-$version.tgz"
glue=package/wasm/libpg-query.js
cp package/wasm/libpg-query.wasm "$here/libpg-query.wasm"
cp package/LICENSE "$here/licenses/libpg-query.npm.MIT.txt"
interpreted=$(sed -n 's/^interpreted=//p' "$here/libpg-query.properties" 2>/dev/null || true)
{
    echo "# Made by upgrade.sh: what the letters of libpg-query.wasm stand for, and which build it is."
    echo "package=libpg-query"
    echo "version=$version"
    echo "integrity=$integrity"
    echo "sha256=$(sha256sum package/wasm/libpg-query.wasm | cut -d' ' -f1)"
    echo "# Functions too large for a method of the JVM; pom.xml names the same."
    echo "interpreted=${interpreted}"
    grep -o 'wasmImports={[^}]*}' "$glue" | sed 's/^wasmImports={//; s/}$//' | tr ',' '\n' |
        sed 's/^\([^:]*\):\(.*\)$/import.\1=\2/' | sort
    grep -oE 'Module\["[^"]+"\]=wasmExports\["[^"]+"\]' "$glue" |
        sed -E 's/^Module\["([^"]+)"\]=wasmExports\["([^"]+)"\]$/export.\1=\2/' | sort -u
    grep -oE '[A-Za-z_][A-Za-z0-9_]*=wasmExports\["[^"]+"\]' "$glue" |
        sed -E 's/^([A-Za-z0-9_]+)=wasmExports\["([^"]+)"\]$/export.\1=\2/' | sort -u
} > "$here/libpg-query.properties"
cat "$here/libpg-query.properties"
echo "To record the trees: record-trees.cjs with the package unpacked, see there."
