import initSqlJs from 'sql.js';
import { type CompiledWasm } from '../../protocol/engineProtocol.ts';
import { exportedMemory, instantiateWasm, type WasmInstance } from '../wasm.ts';
import { cFunctions, type SqliteC } from './sqliteC.ts';
import { type SqlJsModule } from './sqlJsTypes.ts';

interface SqlJsConfig {
  wasmInstance?: WasmInstance;
  readonly useOldExtensionFunctions: boolean;
  instantiateWasm(imports: object, receive: (instance: WasmInstance, module: CompiledWasm) => void): object;
}

/** sql.js and, where this build of it has them as expected, SQLite's C functions. */
export interface SqlJsRuntime {
  readonly module: SqlJsModule;
  /** Undefined when the self-test failed: then only what sql.js documents is used. */
  readonly c: SqliteC | undefined;
}

const start = initSqlJs as unknown as (config: SqlJsConfig) => Promise<SqlJsModule>;

/**
 * Starts sql.js from a compiled module; nothing is fetched. sql.js keeps one instance a thread: a later start on the
 * same thread gives the first one again, whatever it is given.
 */
export async function startSqlJs(wasm: CompiledWasm): Promise<SqlJsRuntime> {
  const module = await new Promise<SqlJsModule>((resolve, reject) => {
    const config: SqlJsConfig = {
      useOldExtensionFunctions: false,
      instantiateWasm: (imports, receive) => {
        instantiateWasm(wasm, imports).then((instance) => {
          config.wasmInstance = instance;
          receive(instance, wasm);
        }, reject);
        return {};
      },
    };
    start(config).then(resolve, reject);
  });
  const memory = module.wasmInstance === undefined ? undefined : exportedMemory(module.wasmInstance);
  return { module, c: memory === undefined ? undefined : cFunctions(module, memory) };
}
