import { type CompiledWasm } from '../protocol/engineProtocol.ts';

/** An instance's exports, by name. */
export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

/** What is used of a `WebAssembly.Memory`: its buffer is another one after each growth. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

interface WasmApi {
  compile(bytes: Uint8Array): Promise<CompiledWasm>;
  instantiate(module: CompiledWasm, imports: object): Promise<WasmInstance>;
  readonly Memory: abstract new () => WasmMemory;
}

/** Present in Node and in every browser, but declared only in TypeScript's DOM library, which the engine does not use. */
const api = (globalThis as unknown as { readonly WebAssembly: WasmApi }).WebAssembly;

/** Compiles bytes off the calling thread. The result can be posted to workers, which then need not compile again. */
export function compileWasm(bytes: Uint8Array): Promise<CompiledWasm> {
  return api.compile(bytes);
}

/** Makes an instance of a compiled module. */
export function instantiateWasm(module: CompiledWasm, imports: object): Promise<WasmInstance> {
  return api.instantiate(module, imports);
}

/** The memory that an instance exports, whatever its (minified) name is. */
export function exportedMemory(instance: WasmInstance): WasmMemory | undefined {
  return Object.values(instance.exports).find((value): value is WasmMemory => value instanceof api.Memory);
}
