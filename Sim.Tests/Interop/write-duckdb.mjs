// Has DuckDB write flat files for our reader: node write-duckdb.mjs FOLDER. The rows are those of DuckDbFileTests.
import { DuckDBInstance } from '@duckdb/node-api';

const folder = process.argv[2];
if (!folder) throw new Error('usage: node write-duckdb.mjs FOLDER');

const rows = `
  SELECT
    CASE i WHEN 1 THEN 9223372036854775807 WHEN 2 THEN -9223372036854775808 ELSE (i - 1000) * 1234567890123457 END AS big,
    CASE WHEN i % 5 = 0 THEN NULL ELSE (i % 40 - 20)::INTEGER END AS small,
    CASE WHEN i % 7 = 0 THEN NULL ELSE i % 3 = 0 END AS flag,
    CASE i % 11
      WHEN 0 THEN 'NaN'::DOUBLE WHEN 1 THEN 'Infinity'::DOUBLE WHEN 2 THEN '-Infinity'::DOUBLE
      WHEN 3 THEN '-0'::DOUBLE WHEN 4 THEN NULL ELSE i / 8.0::DOUBLE END AS ratio,
    CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'naïve 漢字 😀' ELSE 'word ' || (i % 50) END AS word,
    'key ' || i AS key,
    NULL::VARCHAR AS nothing
  FROM (SELECT unnest(range(2100)) AS i)`;

const connection = await (await DuckDBInstance.create()).connect();
await connection.run('SET threads = 1');
for (const codec of ['uncompressed', 'gzip']) {
  await connection.run(`COPY (${rows}) TO '${folder}/duckdb-${codec}.parquet' (FORMAT parquet, COMPRESSION ${codec}, ROW_GROUP_SIZE 2048)`);
}
