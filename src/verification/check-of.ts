import type { Condition } from '../collection/attestation.ts';
import type { Check } from './check.ts';
import { boundColumn } from './checks/bound-column.ts';
import { edgeHolds } from './checks/edge-holds.ts';
import { edgeTotal } from './checks/edge-total.ts';
import { filterKeeps } from './checks/filter-keeps.ts';
import { grainPresent } from './checks/grain-present.ts';
import { grainUnique } from './checks/grain-unique.ts';
import { measureColumn } from './checks/measure-column.ts';
import { ownParent } from './checks/own-parent.ts';
import { pathsAgree } from './checks/paths-agree.ts';
import { siblingCoherent } from './checks/sibling-coherent.ts';
import type { Scene } from './verification-context.ts';

/** The check of a condition. Pure; throws `RangeError` where the manifest does not have what the condition names. */
export function checkOf(condition: Condition, scene: Scene): Check {
  switch (condition.id) {
    case 'I1':
      return boundColumn(condition, scene);
    case 'I2':
      return grainUnique(condition, scene);
    case 'I3':
      return grainPresent(condition, scene);
    case 'I4':
      return edgeHolds(condition, scene);
    case 'I5':
      return edgeTotal(condition, scene);
    case 'I6':
      return pathsAgree(condition, scene);
    case 'I8':
      return measureColumn(condition, scene);
    case 'I9':
      return ownParent(condition, scene);
    case 'I10':
      return siblingCoherent(condition, scene);
    case 'I11':
      return filterKeeps(condition, scene);
  }
}
