/** A compiled program; it can be instantiated any number of times. */
export type WasmModule = object;

/** A program with memory of its own. */
export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

/** The part of WebAssembly's JavaScript interface that is used here: the type package of the oldest Node lacks it. */
export interface WebAssemblyApi {
  compile(program: Uint8Array): Promise<WasmModule>;
  readonly Instance: new (
    module: WasmModule,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => WasmInstance;
}

/** Node's WebAssembly. */
export function webAssembly(): WebAssemblyApi {
  return (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
}
