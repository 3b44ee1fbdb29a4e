/** What is used of parquet-wasm. */
export interface ParquetModule {
  readonly readParquet: (
    bytes: Uint8Array,
    options: { batchSize: number },
  ) => { readonly intoIPCStream: () => Uint8Array };
}

/** The module's script or its WASM could not be loaded. */
export class ParquetModuleError extends Error {
  override readonly name = 'ParquetModuleError';

  constructor(url: string, reason: string) {
    super(`The Parquet reader could not be started (${reason}), with ${url}.`);
  }
}

/**
 * Makes the module's loader for a browser: downloads and starts the WASM at `url` once, when it is first needed. Rejects
 * with `ParquetModuleError`.
 */
export function parquetModuleAt(url: string): () => Promise<ParquetModule> {
  let started: Promise<ParquetModule> | null = null;
  const start = async (): Promise<ParquetModule> => {
    const module = await import('parquet-wasm/esm');
    await module.default({ module_or_path: url });
    return module;
  };
  return () => {
    // A failed start is not remembered: the next source that needs it tries again.
    started ??= start().catch((error: unknown) => {
      started = null;
      throw new ParquetModuleError(url, error instanceof Error ? error.message : String(error));
    });
    return started;
  };
}
