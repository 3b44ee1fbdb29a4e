import { batchBytes } from '../columns/column.ts';
import type { AtomStates, EdgeMap, FrameData } from '../compose/frame.ts';
import { frameIpc } from '../compose/result.ts';
import type { Plan } from '../planning/plan.ts';

/** What a Frame was made of: states by place of their atoms, then maps of edges. Batches never change. */
export type FrameInputs = readonly (AtomStates['batch'] | EdgeMap)[];

interface Remembered {
  readonly inputs: FrameInputs;
  readonly frame: FrameData;
  isAskedAgain: boolean;
  ipc: Uint8Array<ArrayBuffer> | null;
  /** A copy of it for the next asker: whoever gets one takes it away. */
  spare: Uint8Array<ArrayBuffer> | null;
  bytes: number;
}

/** Bytes from which on a copy made beforehand saves more than arranging for it costs. */
const SPARED_BYTES = 2 ** 16;

/**
 * Finished Frames of plans that are asked again: as long as the very same states lie in memory there is nothing to
 * compose, and from the third time on nothing to encode: a copy lies ready. Least recently used out first, bounded in
 * bytes.
 */
export class FrameMemory {
  private readonly held = new Map<Plan, Remembered>();
  private readonly limit: number;
  private readonly later: (work: () => void) => void;
  private bytes = 0;

  /** `limit` in bytes; `later` does work when the answer at hand is on its way. */
  constructor(limit: number, later: (work: () => void) => void) {
    this.limit = limit;
    this.later = later;
  }

  /** The Frame that the plan gave over exactly these inputs. */
  find(plan: Plan, inputs: FrameInputs): FrameData | undefined {
    const found = this.held.get(plan);
    if (found === undefined || !sameInputs(found.inputs, inputs)) return undefined;
    // A Map iterates in insertion order: setting again makes it the newest.
    this.held.delete(plan);
    this.held.set(plan, found);
    return found.frame;
  }

  keep(plan: Plan, inputs: FrameInputs, frame: FrameData): void {
    this.forget(plan);
    const bytes = batchBytes(frame.batch) + inputs.reduce((sum, input) => sum + inputBytes(input), 0);
    if (bytes > this.limit) return;
    this.held.set(plan, { inputs, frame, isAskedAgain: false, ipc: null, spare: null, bytes });
    this.bytes += bytes;
    this.makeRoom();
  }

  /** The Frame as one Arrow IPC stream, in a buffer that may be transferred. */
  ipc(plan: Plan, frame: FrameData): Uint8Array<ArrayBuffer> {
    const found = this.held.get(plan);
    if (found?.frame !== frame) return frameIpc(frame, plan.columns);
    if (found.ipc !== null) return this.copy(found, found.ipc);
    const ipc = frameIpc(frame, plan.columns);
    if (!found.isAskedAgain) {
      found.isAskedAgain = true;
      return ipc;
    }
    found.ipc = ipc;
    // The spare copy counts as well.
    found.bytes += 2 * ipc.byteLength;
    this.bytes += 2 * ipc.byteLength;
    this.makeRoom();
    return this.copy(found, ipc);
  }

  private copy(held: Remembered, ipc: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const copy = held.spare ?? ipc.slice();
    held.spare = null;
    if (ipc.byteLength < SPARED_BYTES) return copy;
    this.later(() => {
      held.spare ??= ipc.slice();
    });
    return copy;
  }

  private makeRoom(): void {
    for (const oldest of this.held.keys()) {
      if (this.bytes <= this.limit) break;
      this.forget(oldest);
    }
  }

  private forget(plan: Plan): void {
    this.bytes -= this.held.get(plan)?.bytes ?? 0;
    this.held.delete(plan);
  }
}

function sameInputs(a: FrameInputs, b: FrameInputs): boolean {
  return a.length === b.length && a.every((input, i) => input === b[i]);
}

function inputBytes(input: FrameInputs[number]): number {
  return batchBytes('pairs' in input ? input.pairs : input);
}
