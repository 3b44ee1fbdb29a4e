/**
 * The package entry: `open` an installation, ask its collections. Numbered examples:
 *
 * 1. `const session = await open({installation: 'https://host/retail.coframe/installation.yaml'})`
 * 2. `const answer = await session.query('SELECT region, revenue AT region')`
 * 3. `if ('code' in answer) console.log(answer.message, answer.remedies); else console.table(answer.rows)`
 * 4. `await session.close()`
 */

export type * from '../runtime/api.ts';
export {
  AssetError,
  BackendFailedError,
  CollectionError,
  DefectError,
  open,
  ProfileError,
  WorkerLostError,
} from '../runtime/client.ts';
