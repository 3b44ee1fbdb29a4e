import type { CollectionSummary } from '../../../src/runtime/api.ts';

/** A small collection as the session tells it, for tests of what is drawn from it. */
export const shopSummary: CollectionSummary = {
  installation: 'shop',
  name: 'shop_full',
  description: 'A shop',
  collections: ['shop_full'],
  manifestFingerprint: 'f',
  families: [
    {
      name: 'revenue',
      description: 'Money taken',
      kind: 'root',
      type: 'decimal(2)',
      formula: null,
      reducers: ['SUM'],
      blocked: [],
      schema: 'sales',
    },
    {
      name: 'stock',
      description: '',
      kind: 'root',
      type: 'int64',
      formula: null,
      reducers: ['SUM'],
      blocked: ['calendar'],
      schema: 'inventory',
    },
    {
      name: 'profit',
      description: '',
      kind: 'derived',
      type: 'decimal(2)',
      formula: 'revenue - cost',
      reducers: [],
      blocked: [],
      schema: null,
    },
  ],
  dimensions: [
    { name: 'region', type: 'text', family: 'geography', level: null },
    { name: 'store', type: 'text', family: 'geography', level: null },
    { name: 'day', type: 'date', family: 'calendar', level: 'day' },
    { name: 'month', type: 'date', family: 'calendar', level: 'month' },
    { name: 'week', type: 'date', family: 'calendar', level: 'week' },
    { name: 'Order', type: 'int64', family: 'Order', level: null },
  ],
  attributes: [{ name: 'store name', of: 'store', type: 'text' }],
  edges: [
    { id: 'sr', child: 'store', parent: 'region', via: 'stores', status: 'untested' },
    { id: 'dm', child: 'day', parent: 'month', via: null, status: 'construction' },
    { id: 'dw', child: 'day', parent: 'week', via: null, status: 'construction' },
  ],
  schemas: [
    { name: 'sales', source: 'sales', grain: ['Order'] },
    { name: 'inventory', source: 'inventory', grain: ['store', 'month'] },
  ],
  sources: [],
  findings: [],
  engineOff: null,
  engineHint: null,
};
