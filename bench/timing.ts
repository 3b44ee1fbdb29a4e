/** Times of one way to answer, milliseconds. */
export interface Times {
  /** One figure a batch: its time divided by the calls in it. The clock steps 0.1 ms, which a batch makes small. */
  readonly batches: readonly number[];
  /** One figure a call, as exact as the clock: what the slowest calls are told from. */
  readonly calls: readonly number[];
}

/** A way to answer, and how many calls of it make one batch. */
export interface Contender {
  readonly batch: number;
  /** Runs before each call, outside its time. */
  readonly prepare?: () => Promise<void>;
  readonly call: () => Promise<void> | void;
}

/**
 * Times several ways in turn, batch by batch, so that what else the machine does falls on all of them alike. Each runs
 * one batch beforehand that does not count.
 */
export async function timeInTurn(contenders: readonly Contender[], rounds: number): Promise<readonly Times[]> {
  const times = contenders.map(() => ({ batches: [] as number[], calls: [] as number[] }));
  for (const contender of contenders) await timeBatch(contender);
  for (let round = 0; round < rounds; round++) {
    for (const [position, contender] of contenders.entries()) {
      const calls = await timeBatch(contender);
      times[position]?.batches.push(calls.mean);
      times[position]?.calls.push(...calls.each);
    }
  }
  return times;
}

async function timeBatch({ batch, prepare, call }: Contender): Promise<{ mean: number; each: readonly number[] }> {
  const each: number[] = [];
  let total = 0;
  if (prepare === undefined) {
    const started = performance.now();
    let before = started;
    for (let i = 0; i < batch; i++) {
      await call();
      const after = performance.now();
      each.push(after - before);
      before = after;
    }
    total = before - started;
  } else {
    for (let i = 0; i < batch; i++) {
      await prepare();
      const before = performance.now();
      await call();
      const taken = performance.now() - before;
      each.push(taken);
      total += taken;
    }
  }
  return { mean: total / batch, each };
}
