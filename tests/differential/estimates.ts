import { outputName, type Question, withoutDefinitions } from './question.ts';

/** The columns that are estimates of values as they are: every way must give the very same. */
export function estimatesOf(question: Question): readonly string[] {
  return withoutDefinitions(question).items.flatMap((item) => {
    const { expr } = item;
    const isEstimate = expr.kind === 'call' && expr.callee.startsWith('APPROX_') && expr.args[0]?.kind === 'name';
    const name = isEstimate ? outputName(item) : null;
    return name === null ? [] : [name];
  });
}
