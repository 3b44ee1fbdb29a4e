import { table } from 'arquero';
import { BackendError } from '../../protocol/backend-error.ts';
import { registerFunctions } from './functions.ts';

/**
 * Registers our functions and runs verbs once: Arquero compiles each with `Function`, and only trying tells whether the
 * content security policy of the page lets it. Throws START_FAILED.
 */
export function startArquero(): void {
  try {
    registerFunctions();
    const sum = table({ x: [1, 2] })
      .filter('d => d["x"] > 1')
      .rollup({ sum: 'd => op.exact_sum(d["x"])' })
      .get('sum');
    if (sum !== 2) throw new Error(`a trial sum gave ${String(sum)}, not 2`);
  } catch (error) {
    throw new BackendError({ code: 'START_FAILED', backend: 'arquero', reason: reasonOf(error) });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof EvalError)) return error instanceof Error ? error.message : String(error);
  return (
    'Arquero compiles its verbs with Function, which the content security policy forbids: allow ' +
    `'unsafe-eval' in script-src, or use another backend; the browser says: ${error.message}`
  );
}
