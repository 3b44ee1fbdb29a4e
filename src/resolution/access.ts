import type { CalendarLevel } from '../columns/calendar.ts';
import type { LogicalType } from '../columns/logical-type.ts';

/** One climb. `lookup` joins the distinct (child, parent) pairs of a source; NULL and unmatched children climb to NULL. */
export type Step =
  | {
      readonly kind: 'lookup';
      /** FdEdge.id */
      readonly edge: string;
      /** The lookup's schema and source. */
      readonly schema: string;
      readonly source: string;
      readonly childColumn: string;
      readonly parentColumn: string;
      readonly childType: LogicalType;
      /** Type of the parent. */
      readonly type: LogicalType;
    }
  | { readonly kind: 'calendar'; readonly edge: string; readonly from: CalendarLevel; readonly to: CalendarLevel };

/** How a value is reached from a row of a schema: one of its own columns, then climbs in order. */
export interface Access {
  /** Physical column of the schema's source. */
  readonly column: string;
  readonly columnType: LogicalType;
  readonly steps: readonly Step[];
}

/** A named value of a row: what keys, filters and row expressions refer to by name. */
export interface Input {
  readonly name: string;
  readonly type: LogicalType;
  readonly access: Access;
}
