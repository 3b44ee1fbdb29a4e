/** What is used of sql.js 1.16; the types published for it know neither bigints nor aggregates. */
declare module 'sql.js' {
  export type BoundValue = number | string | bigint | Uint8Array | null;
  export type ReadValue = number | string | Uint8Array | null;

  export interface Statement {
    /** Binds the values and runs to the end. */
    run(values: readonly BoundValue[]): void;
    step(): boolean;
    /** The present row; integers as the nearest double. */
    get(): ReadValue[];
    free(): boolean;
  }

  export interface AggregateFunction<State, Argument> {
    readonly init: () => State;
    readonly step: (state: State, value: Argument) => State;
    readonly finalize: (state: State) => number | string | null;
  }

  export interface Database {
    run(sql: string): Database;
    prepare(sql: string): Statement;
    /** A function is known by the number of its parameters too. It is given integers as the nearest double. */
    create_function<Arguments extends readonly never[]>(
      name: string,
      of: (...values: Arguments) => number | string | null,
    ): Database;
    create_aggregate<State, Argument>(name: string, of: AggregateFunction<State, Argument>): Database;
    close(): void;
  }

  /** Loads the WASM: the bytes given, else the file beside the script (Node). */
  export default function initSqlJs(options: {
    readonly wasmBinary?: ArrayBuffer;
  }): Promise<{ readonly Database: new () => Database }>;
}
