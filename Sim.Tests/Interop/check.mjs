// Reads every .parquet file of a folder with three readers and holds it against the .json beside it: node check.mjs FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { readParquet } from 'parquet-wasm/node';

const folder = process.argv[2];
if (!folder) throw new Error('usage: node check.mjs FOLDER');

const duckTypes = { Boolean: 'BOOLEAN', Int32: 'INTEGER', Int64: 'BIGINT', Double: 'DOUBLE', String: 'VARCHAR' };
const arrowTypes = { Boolean: 'Bool', Int32: 'Int32', Int64: 'Int64', Double: 'Float64', String: 'Utf8' };
const physicalTypes = { Boolean: 'BOOLEAN', Int32: 'INT32', Int64: 'INT64', Double: 'DOUBLE', String: 'BYTE_ARRAY' };
const connection = await (await DuckDBInstance.create()).connect();

// A value as the expectation writes it. JavaScript may change a NaN's payload, so all of them are one.
const nan = 'NaN';
const bits = new DataView(new ArrayBuffer(8));
function show(value, type) {
  if (value === null || value === undefined) return null;
  if (type === 'Int64') return typeof value === 'bigint' ? value.toString() : `not a bigint: ${value}`;
  if (type !== 'Double') return value;
  if (Number.isNaN(value)) return nan;
  bits.setFloat64(0, value);
  return bits.getBigUint64(0).toString(16).padStart(16, '0');
}

function isNan(hex) {
  const raw = BigInt('0x' + hex) & 0x7fffffffffffffffn;
  return raw > 0x7ff0000000000000n;
}

function same(what, actual, expected) {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`${what}: ${a}, expected ${e}`);
}

function sameColumns(columns, expectation) {
  for (const { name, type, values } of expectation.columns) {
    const actual = columns[name] ?? [];
    same(`${name}: rows`, actual.length, values.length);
    for (let i = 0; i < values.length; i++) {
      const expected = type === 'Double' && values[i] !== null && isNan(values[i]) ? nan : values[i];
      const value = show(actual[i], type);
      if (value !== expected) throw new Error(`${name}, row ${i}: ${JSON.stringify(value)}, expected ${JSON.stringify(expected)}`);
    }
  }
}

const readers = {
  async duckdb(path, expectation) {
    const result = await connection.runAndReadAll(`SELECT * FROM read_parquet('${path}')`);
    same('names', result.columnNames(), expectation.columns.map(c => c.name));
    same('types', result.columnTypes().map(t => t.toString()), expectation.columns.map(c => duckTypes[c.type]));
    sameColumns(result.getColumnsObject(), expectation);

    const schema = await connection.runAndReadAll(`SELECT repetition_type FROM parquet_schema('${path}') WHERE type IS NOT NULL`);
    same('repetition', schema.getColumns()[0] ?? [], expectation.columns.map(c => (c.nullable ? 'OPTIONAL' : 'REQUIRED')));

    // Filters skip row groups by their statistics: no row may be lost by it.
    for (const { name, type, values } of expectation.columns.filter(c => c.type !== 'Boolean')) {
      const literal = { Int32: '0', Int64: '0', Double: '1e300', String: "'text 3'" }[type];
      for (const test of [`"${name}" > ${literal}`, `"${name}" <= ${literal}`, `"${name}" IS NULL`]) {
        const count = async source => (await connection.runAndReadAll(`SELECT count(*) FROM ${source} WHERE ${test}`)).getRows()[0][0];
        const scan = await count(`(SELECT "${name}" FROM read_parquet('${path}') OFFSET 0 LIMIT ${values.length})`);
        same(`count where ${test}`, String(await count(`read_parquet('${path}')`)), String(scan));
      }
    }
  },

  async hyparquet(path, expectation) {
    const bytes = readFileSync(path);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const footer = parquetMetadata(file);
    const pairs = list => Object.fromEntries((list ?? []).map(({ key, value }) => [key, value]));
    same('metadata', pairs(footer.key_value_metadata), expectation.metadata);
    const elements = footer.schema.slice(1);
    same('types', elements.map(e => e.type), expectation.columns.map(c => physicalTypes[c.type]));
    same('repetition', elements.map(e => e.repetition_type), expectation.columns.map(c => (c.nullable ? 'OPTIONAL' : 'REQUIRED')));
    for (const group of footer.row_groups) {
      group.columns.forEach((chunk, i) => {
        same(`metadata of ${elements[i].name}`, pairs(chunk.meta_data.key_value_metadata), expectation.columns[i].metadata);
      });
    }

    const rows = await parquetReadObjects({ file, compressors: { GZIP: input => new Uint8Array(gunzipSync(input)) } });
    sameColumns(Object.fromEntries(elements.map(({ name }) => [name, rows.map(row => row[name])])), expectation);
  },

  async 'parquet-wasm'(path, expectation) {
    const table = tableFromIPC(readParquet(readFileSync(path)).intoIPCStream());
    same('types', table.schema.fields.map(f => f.type.toString()), expectation.columns.map(c => arrowTypes[c.type]));
    same('nullable', table.schema.fields.map(f => f.nullable), expectation.columns.map(c => c.nullable));
    const column = name => Array.from({ length: table.numRows }, (_, i) => table.getChild(name).get(i));
    sameColumns(Object.fromEntries(expectation.columns.map(({ name }) => [name, column(name)])), expectation);
  },
};

let passed = 0;
let failed = 0;
for (const name of readdirSync(folder).filter(n => n.endsWith('.parquet')).sort()) {
  const path = join(folder, name);
  const expectation = JSON.parse(readFileSync(path.replace(/parquet$/, 'json'), 'utf8'));
  for (const [reader, read] of Object.entries(readers)) {
    try {
      await read(path, expectation);
      passed++;
    } catch (error) {
      failed++;
      console.log(`${name}: ${reader}: ${error.message ?? error}`);
    }
  }
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
