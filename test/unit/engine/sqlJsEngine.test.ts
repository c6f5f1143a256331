import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SqlEngineError, SqlEngineInterrupted, type SqlEngine } from '../../../src/core/run/sqlEngine.ts';
import { SqlJsEngine } from '../../../src/engine/sqlJsEngine.ts';
import { timedPacer } from '../../../src/engine/pacer.ts';
import { chunksOf, openEngine, runtime } from './testEngine.ts';

/** Runs the same on SQLite's C functions and on what sql.js documents alone. */
function onBoth(name: string, body: (engine: SqlEngine) => Promise<void>): void {
  for (const documentedOnly of [false, true]) {
    test(`${name}${documentedOnly ? ' (documented functions only)' : ''}`, async () => {
      const engine = await openEngine(documentedOnly);
      await body(engine);
      await engine.close();
    });
  }
}

test('the C functions of this sql.js pass the self-test', () => {
  assert.notEqual(runtime.c, undefined);
});

onBoth('values come back as SQLite keeps them', async (engine) => {
  const { columns, rows } = await engine.query("SELECT 1 AS i, 0.5 AS r, 'é' AS t, x'00ff' AS b, NULL AS n");
  assert.deepEqual(columns, ['i', 'r', 't', 'b', 'n']);
  assert.deepEqual(rows, [[1, 0.5, 'é', new Uint8Array([0, 255]), null]]);
});

onBoth('integers beyond 2^53 are bigint, reals of that size are numbers', async (engine) => {
  const { rows } = await engine.query('SELECT 9007199254740993, -9223372036854775807, 9007199254740991, 1e300, 7');
  assert.deepEqual(rows, [[9007199254740993n, -9223372036854775807n, 9007199254740991, 1e300, 7]]);
});

onBoth('an empty result has its column names, and equal names stay', async (engine) => {
  assert.deepEqual(await engine.query('SELECT 1 AS a, 2 AS a WHERE 0'), { columns: ['a', 'a'], rows: [] });
});

onBoth('exec gives the rows that the last statement changed', async (engine) => {
  assert.equal(await engine.exec('CREATE TABLE t(a); INSERT INTO t VALUES (1), (2), (3)'), 3);
  assert.equal(await engine.exec('UPDATE t SET a = a + 1 WHERE a > 1'), 2);
  assert.equal(await engine.exec('DELETE FROM t WHERE a = 99'), 0);
  assert.equal(await engine.exec('CREATE TABLE u(a)'), 0);
  assert.equal(await engine.exec(' -- nothing\n'), 0);
});

onBoth("a fault has SQLite's message and the statement that it came from", async (engine) => {
  await assert.rejects(engine.exec('CREATE TABLE a(x); SELECT * FROM missing; CREATE TABLE b(x)'), (error: unknown) => {
    assert.ok(error instanceof SqlEngineError);
    assert.equal(error.message, 'no such table: missing');
    assert.match(error.sql, /^ ?SELECT \* FROM missing/);
    return true;
  });
  await assert.rejects(engine.query("SELECT abs('x', 2)"), { message: 'wrong number of arguments to function abs()' });
  await assert.rejects(engine.query('SELECT abs(-9223372036854775808)'), { message: 'integer overflow' });
  assert.deepEqual((await engine.query('SELECT 1')).rows, [[1]]);
});

onBoth('query runs one statement, no more and no less', async (engine) => {
  await assert.rejects(engine.query('SELECT 1; SELECT 2'), /there are more/);
  await assert.rejects(engine.query('/* a */ -- b'), /no statement/);
  assert.deepEqual((await engine.query('-- first\n/* ; */ SELECT 1; -- last\n;/* end')).rows, [[1]]);
});

onBoth('a page keeps the order of the query, forwards and backwards', async (engine) => {
  const sql =
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i FROM n ORDER BY -i;';
  const at = async (offset: number, limit: number): Promise<unknown> =>
    (await engine.page(sql, offset, limit)).rows.flat();
  assert.deepEqual(await at(0, 3), [100, 99, 98]);
  assert.deepEqual(await at(3, 2), [97, 96]);
  assert.deepEqual(await at(50, 2), [50, 49]);
  assert.deepEqual(await at(1, 2), [99, 98]);
  assert.deepEqual(await at(98, 5), [2, 1]);
  assert.deepEqual(await at(100, 5), []);
  assert.deepEqual(await at(0, 1), [100]);
});

onBoth('a page far behind keeps the order and the column names, whatever the query ends with', async (engine) => {
  const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)';
  const queries = [
    `${numbers} SELECT i AS a, -i AS a FROM n ORDER BY 1 DESC`,
    `${numbers} SELECT i AS a, -i AS a FROM n ORDER BY 2;`,
    `${numbers} SELECT i AS a, -i AS a FROM n ORDER BY i % 10000 DESC -- the end;`,
    `${numbers} SELECT i AS a, -i AS a FROM n ORDER BY -i LIMIT 8998; -- the end`,
    `${numbers} SELECT i AS a, -i AS a FROM n WHERE i > 4 UNION ALL SELECT 4, -4 ORDER BY 1 DESC /* the end`,
  ];
  for (const sql of queries) {
    for (const offset of [0, 5000, 5002, 8000, 100, 1101, 4000]) {
      const { columns, rows } = await engine.page(sql, offset, 2);
      assert.deepEqual(columns, ['a', 'a']);
      assert.deepEqual(
        rows.map((row) => row[0]),
        [9000 - offset, 8999 - offset],
        sql,
      );
    }
    assert.deepEqual((await engine.page(sql, 9500, 2)).rows, []);
  }
});

onBoth('a statement that cannot be part of another has pages too', async (engine) => {
  await engine.exec(`CREATE TABLE t(${Array.from({ length: 1200 }, (_, at) => `c${at}`).join(',')})`);
  const { rows } = await engine.page('PRAGMA table_info(t)', 1100, 1);
  assert.equal(rows[0]?.[1], 'c1100');
});

onBoth('a page that stays open does not lock its table', async (engine) => {
  await engine.exec('CREATE TABLE t(a); INSERT INTO t VALUES (1), (2), (3)');
  await engine.page('SELECT a FROM t', 0, 1);
  await engine.exec('DROP TABLE t; CREATE TABLE t(a); INSERT INTO t VALUES (7)');
  assert.deepEqual((await engine.page('SELECT a FROM t', 0, 9)).rows, [[7]]);
});

onBoth('a faulty page is an error, and the next one works', async (engine) => {
  await assert.rejects(engine.page('SELECT nothing', 0, 1), SqlEngineError);
  assert.deepEqual((await engine.page('SELECT 5', 0, 1)).rows, [[5]]);
});

onBoth('a database is exported and opened again', async (engine) => {
  await engine.exec("CREATE TABLE t(a, b); INSERT INTO t VALUES (9007199254740993, 'ü'), (NULL, 0.1)");
  const image = await engine.export();
  assert.equal(new TextDecoder().decode(image.subarray(0, 15)), 'SQLite format 3');
  await engine.exec('DROP TABLE t');
  await engine.open(image);
  assert.deepEqual((await engine.query('SELECT * FROM t')).rows, [
    [9007199254740993n, 'ü'],
    [null, 0.1],
  ]);
});

onBoth('an image in WAL mode is opened', async (engine) => {
  await engine.exec('CREATE TABLE t(a)');
  const image = await engine.export();
  image.set([2, 2], 18);
  await engine.open(image);
  assert.equal(await engine.exec('INSERT INTO t VALUES (1)'), 1);
});

onBoth('what is no database is refused, and what follows says so', async (engine) => {
  await assert.rejects(engine.open(new TextEncoder().encode('id,name\n'.repeat(200))), {
    message: 'file is not a database',
  });
  await assert.rejects(engine.query('SELECT 1'), /no database is open/);
});

test('after an interrupt every call is rejected until open', async () => {
  const engine = await openEngine();
  const pending = engine.query('SELECT 1');
  engine.interrupt();
  await assert.rejects(pending, SqlEngineInterrupted);
  await assert.rejects(engine.query('SELECT 1'), SqlEngineInterrupted);
  await engine.open();
  assert.deepEqual((await engine.query('SELECT 1')).rows, [[1]]);
});

test('with a pacer, an interrupt stops a query between its rows, and a load', async () => {
  const engine = new SqlJsEngine(runtime, timedPacer(1));
  await engine.open();
  const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n';
  setTimeout(() => engine.interrupt(), 5);
  await assert.rejects(engine.query(endless), SqlEngineInterrupted);
  await engine.open();
  const forever = (async function* () {
    yield* chunksOf('a\n');
    for (;;) yield* chunksOf('1\n');
  })();
  setTimeout(() => engine.interrupt(), 5);
  await assert.rejects(engine.load({ table: 't', file: 't.csv', columns: [] }, forever), SqlEngineInterrupted);
});
