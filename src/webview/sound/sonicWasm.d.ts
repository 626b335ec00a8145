/** The part of the emscripten module that is used. Source: sonic.h of Bill Cox's Sonic. */
declare module "@echogarden/sonic-wasm" {
  export interface SonicModule {
    /** Another view after the memory has grown. */
    readonly HEAPF32: Float32Array;
    _malloc(bytes: number): number;
    /** 0 where there is no memory. */
    _sonicCreateStream(sampleRate: number, channels: number): number;
    _sonicDestroyStream(stream: number): void;
    _sonicSetSpeed(stream: number, speed: number): void;
    /** 0 where there is no memory. */
    _sonicWriteFloatToStream(stream: number, samples: number, count: number): number;
    /** Answers with how many samples were read. */
    _sonicReadFloatFromStream(stream: number, samples: number, count: number): number;
  }

  export default function createSonic(options: {
    readonly wasmBinary: Uint8Array;
    readonly locateFile: (name: string) => string;
  }): Promise<SonicModule>;
}

/** The bundler puts the file's bytes into the page's script. */
declare module "@echogarden/sonic-wasm/sonic.wasm" {
  const bytes: Uint8Array;
  export default bytes;
}
