/** What becomes of one storage operation of an engine worker. */
export interface FaultPlan {
  /** Which one, counted from 1 as they are asked for; 0: none, they are only counted. */
  readonly at: number | NamedOperation;
  /**
   * `fail`: it gives an error. `stall`: it is done, and never says so. `halt`: the worker stops dead just before it, as a
   * frozen one does, and says so to its host: whoever ends it then ends it at exactly this point.
   */
  readonly how: 'fail' | 'stall' | 'halt';
  /** Name of the error of an operation that fails. */
  readonly error: string;
}

/**
 * One of the operations of a name, counted from 1: steps of files that are written beside each other come in any order, so
 * that only those of a name can be told from one another before they happen.
 */
export interface NamedOperation {
  readonly name: string;
  readonly nth: number;
}

/** Where a worker that halts says so: a request that is never answered. */
export const HALT_PATH = '/halt';

/** Channel on which a worker tells the operations so far to whoever posts `count`. */
export const COUNT_CHANNEL = 'coframe faults';

/** A script that, put before an engine worker's own, does to one of its storage operations what the plan says. */
export function storageFaults(plan: FaultPlan): string {
  return `(${inject.toString()})(${JSON.stringify(plan)}, ${JSON.stringify(HALT_PATH)}, ${JSON.stringify(COUNT_CHANNEL)});`;
}

/** Runs in the worker, alone: nothing outside it can be used. */
function inject(plan: FaultPlan, haltPath: string, countChannel: string): void {
  const operations: string[] = [];
  const channel = new BroadcastChannel(countChannel);
  channel.addEventListener('message', ({ data }) => {
    if (data === 'count') channel.postMessage(operations);
  });

  const { at } = plan;
  let named = 0;
  const isPlanned = (name: string): boolean => {
    if (typeof at === 'number') return operations.length === at;
    if (name === at.name) named += 1;
    return name === at.name && named === at.nth;
  };
  /** Counts an operation; what is to become of it. */
  const next = (name: string): FaultPlan['how'] | 'go on' => {
    operations.push(name);
    if (!isPlanned(name)) return 'go on';
    if (plan.how === 'halt') {
      const request = new XMLHttpRequest();
      request.open('GET', `${haltPath}?${name}`, false);
      request.send();
    }
    return plan.how;
  };
  const failure = () => new DOMException('it fails, as the test asks', plan.error);

  type Method = (this: unknown, ...args: unknown[]) => unknown;
  const replace = (prototype: object, method: string, by: (original: Method, name: string) => Method) => {
    const original: unknown = Reflect.get(prototype, method);
    if (typeof original !== 'function') return;
    const name = `${prototype.constructor.name}.${method}`;
    Reflect.set(
      prototype,
      method,
      by(function (...args) {
        return Reflect.apply(original, this, args);
      }, name),
    );
  };

  /** Operations that give a promise. */
  const promised = (prototype: object, ...methods: string[]) => {
    for (const method of methods) {
      replace(prototype, method, (original, name) => {
        return function (...args) {
          const what = next(name);
          if (what === 'fail') return Promise.reject(failure());
          const done = original.call(this, ...args);
          return what === 'stall' ? new Promise(() => {}) : done;
        };
      });
    }
  };

  /** Operations that are done when they return. */
  const immediate = (prototype: object, ...methods: string[]) => {
    for (const method of methods) {
      replace(prototype, method, (original, name) => {
        return function (...args) {
          const what = next(name);
          // A file that cannot be closed is closed all the same: nothing is held by what is gone.
          if (what === 'fail' && method === 'close') original.call(this, ...args);
          if (what === 'fail') throw failure();
          return original.call(this, ...args);
        };
      });
    }
  };

  /** Requests of a database: one that fails takes its transaction with it. */
  const requested = (prototype: object, ...methods: string[]) => {
    for (const method of methods) {
      replace(prototype, method, (original, name) => {
        return function (...args) {
          const what = next(name);
          const request = original.call(this, ...args);
          if (!(request instanceof IDBRequest)) return request;
          if (what === 'fail') request.transaction?.abort();
          // First to hear of it, and last.
          if (what === 'stall') request.addEventListener('success', (event) => event.stopImmediatePropagation());
          return request;
        };
      });
    }
  };

  promised(StorageManager.prototype, 'getDirectory', 'estimate');
  promised(FileSystemDirectoryHandle.prototype, 'getDirectoryHandle', 'getFileHandle', 'removeEntry');
  promised(FileSystemFileHandle.prototype, 'getFile', 'createSyncAccessHandle');
  immediate(FileSystemSyncAccessHandle.prototype, 'truncate', 'write', 'flush', 'getSize', 'close');
  requested(IDBObjectStore.prototype, 'get', 'getAll', 'getAllKeys', 'put', 'delete', 'count');
  replace(IDBFactory.prototype, 'open', (original, name) => {
    return function (...args) {
      const what = next(name);
      if (what === 'fail') throw failure();
      const request = original.call(this, ...args);
      if (what === 'stall' && request instanceof IDBRequest) {
        request.addEventListener('success', (event) => event.stopImmediatePropagation());
      }
      return request;
    };
  });
  replace(IDBDatabase.prototype, 'transaction', (original, name) => {
    return function (...args) {
      if (next(name) === 'fail') throw failure();
      const transaction = original.call(this, ...args);
      if (transaction instanceof IDBTransaction && transaction.mode === 'readwrite') {
        // What is committed cannot fail any more.
        transaction.addEventListener('complete', (event) => {
          if (next('IDBTransaction complete') === 'stall') event.stopImmediatePropagation();
        });
      }
      return transaction;
    };
  });
  replace(LockManager.prototype, 'request', (original, name) => {
    return function (...args) {
      return next(name) === 'fail' ? Promise.reject(failure()) : original.call(this, ...args);
    };
  });
}

/** A script that makes an engine worker one of a newer version of the page: its databases are one version further. */
export function newerVersion(): string {
  return `(${raiseVersions.toString()})();`;
}

/** Runs in the worker, alone. */
function raiseVersions(): void {
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (name, version) {
    return open.call(this, name, (version ?? 1) + 1);
  };
}

/** A script by which an engine worker ends, as one that the browser ends does, when the channel of the name says so. */
export function endsOn(channel: string): string {
  return `new BroadcastChannel(${JSON.stringify(channel)}).onmessage = () => close();`;
}
