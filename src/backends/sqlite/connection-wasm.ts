import { Connection } from './connection.ts';

/** Where SQLite's WASM lies; an absolute URL. */
export interface SqliteAssets {
  readonly wasmUrl: string;
}

/** Opens SQLite over its WASM. `onBytes` hears how many bytes have come, unpacked. Rejects with the reason. */
export async function connectWasm({ wasmUrl }: SqliteAssets, onBytes?: (loaded: number) => void): Promise<Connection> {
  const response = await fetch(wasmUrl);
  if (!response.ok || response.body === null) throw new TypeError(`${wasmUrl} answered ${response.status}`);
  let loaded = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        loaded += part.length;
        onBytes?.(loaded);
        controller.enqueue(part);
      },
    }),
  );
  return Connection.open(await new Response(counted).arrayBuffer());
}
