import { parentPort } from 'node:worker_threads';
import { serveEngine } from '../serveEngine.ts';
import { SqlJsEngine } from '../sqlJsEngine.ts';
import { startSqlJs } from '../sqljs/sqlJsRuntime.ts';
import { nodePort } from './nodePort.ts';

if (parentPort === null) throw new Error('this script runs as a worker thread');
serveEngine(nodePort(parentPort), async (sqlite) => new SqlJsEngine(await startSqlJs(sqlite)));
