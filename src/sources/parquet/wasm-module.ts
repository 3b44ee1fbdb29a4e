/** What is used of parquet-wasm. */
export interface ParquetModule {
  readonly readParquet: (
    bytes: Uint8Array,
    options: { batchSize: number },
  ) => { readonly intoIPCStream: () => Uint8Array };
}

/** Makes the module's loader for a browser: downloads and starts the WASM at `url` once, when it is first needed. */
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
      throw error;
    });
    return started;
  };
}
