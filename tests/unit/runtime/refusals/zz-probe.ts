import { openInNode } from '../../../support/node-session.ts';
import { MARKET_COLLECTION, marketInstallation } from './market.ts';
export async function run(queries: readonly string[], mode?: string) {
  const s = await openInNode(
    marketInstallation(
      mode === 'disclose'
        ? MARKET_COLLECTION.replace('blocked_reduction: refuse', 'blocked_reduction: disclose')
        : MARKET_COLLECTION,
    ),
  );
  for (const q of queries) {
    console.log('\n> ' + q);
    try {
      const a = await s.query(q);
      if ('code' in a) {
        console.log(`  ${a.mood} ${a.code} [${q.slice(a.span.from, a.span.to)}] ${a.message}`);
        if (a.witness) console.log('  witness', JSON.stringify(a.witness));
        for (const o of a.others) console.log(`  other ${o.code} [${q.slice(o.span.from, o.span.to)}] ${o.message}`);
        for (const r of a.remedies) {
          const b = await s.query(r.query);
          console.log(
            `  → ${r.label}: ${r.query}  ${'code' in b ? '!!!! ' + b.code + ' ' + b.message : JSON.stringify(b.rows).slice(0, 120)}`,
          );
        }
      } else {
        console.log('  ok', JSON.stringify(a.columns), JSON.stringify(a.rows).slice(0, 200));
        for (const d of a.disclosures) console.log(`  ! ${d.code} ${d.critical} ${d.message}`);
      }
    } catch (e) {
      console.log('  THROWS', e);
    }
  }
}
