// Records what Node's engine gets from libpg-query.wasm for the statements of target/corpus.json:
//   node src/main/wasm/record-trees.cjs DIRECTORY_OF_THE_UNPACKED_PACKAGE > src/test/resources/sqltext/trees.txt
// Each line: SHA-256 (its first half) of a statement, and of its tree or of its error with the place.
const fs = require('fs'), path = require('path'), crypto = require('crypto');
const sha = text => crypto.createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 32);
const directory = path.resolve(process.argv[2], 'wasm');
const factory = require(path.join(directory, 'libpg-query.js'));
factory({ locateFile: name => path.join(directory, name) }).then(wasm => {
  const text = address => (address ? wasm.UTF8ToString(address) : '');
  const word = (address, at) => wasm.getValue(address + 4 * at, 'i32');
  const lines = JSON.parse(fs.readFileSync('target/corpus.json', 'utf8')).map(sql => {
    const size = wasm.lengthBytesUTF8(sql) + 1, at = wasm._malloc(size);
    wasm.stringToUTF8(sql, at, size);
    const result = wasm._wasm_parse_query_raw(at), error = word(result, 2);
    const outcome = error ? text(word(error, 0)) + ' @' + word(error, 4) : text(word(result, 0));
    wasm._wasm_free_parse_result(result);
    wasm._free(at);
    return sha(sql) + ' ' + sha(outcome);
  });
  console.log('# Made by src/main/wasm/record-trees.cjs from ' + lines.length + ' statements');
  console.log([...new Set(lines)].sort().join('\n'));
});
