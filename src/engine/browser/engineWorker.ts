import { serveEngine } from '../serveEngine.ts';
import { SqlJsEngine } from '../sqlJsEngine.ts';
import { startSqlJs } from '../sqljs/sqlJsRuntime.ts';
import { webPort } from './webPort.ts';
import { workerScope } from './webWorkers.ts';

serveEngine(webPort(workerScope), async (sqlite) => new SqlJsEngine(await startSqlJs(sqlite)));
