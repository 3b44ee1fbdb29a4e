import type { CalendarLevel } from '../../columns/calendar.ts';
import { calendarEdgeId } from '../edge-id.ts';
import type { FdEdge } from '../manifest.ts';
import type { CalendarLevels, CompileContext } from './draft.ts';

/** Levels that nest one in the next. Weeks nest in nothing: of the coarser levels only a day leads to one. */
const NESTED: readonly CalendarLevel[] = ['day', 'month', 'quarter', 'year'];
const LEVELS: readonly CalendarLevel[] = [...NESTED, 'week'];

/** The level of a calendar's `from`: the one it is named after, else day. */
function levelOfFrom(from: string): CalendarLevel {
  return LEVELS.find((level) => level === from) ?? 'day';
}

/** The dimensions that calendars make levels: each `from`, and each listed level under its own name. */
export function calendarLevels({ document, positions, report }: CompileContext): CalendarLevels {
  const levels = new Map<string, CalendarLevel>();
  document.dimension_families?.forEach((family, index) => {
    if (family.calendar === undefined) return;
    const { from, levels: listed } = family.calendar;
    const finest = levelOfFrom(from);
    levels.set(from, finest);
    listed.forEach((level, at) => {
      if (listed.indexOf(level) === at && follows(finest, level)) {
        levels.set(level, level);
      } else {
        const place = positions.value(['dimension_families', index, 'calendar', 'levels', at]);
        report.issue('CALENDAR_LEVEL', { from, level }, place);
      }
    });
  });
  return levels;
}

function follows(from: CalendarLevel, level: CalendarLevel): boolean {
  if (level === 'week') return from === 'day';
  return from !== 'week' && NESTED.indexOf(level) > NESTED.indexOf(from);
}

/** Edges of a calendar: day → week, and day → month → quarter → year with the levels left out skipped over. */
export function calendarEdges(from: string, listed: readonly CalendarLevel[]): readonly FdEdge[] {
  const edges: FdEdge[] = [];
  const finest = levelOfFrom(from);
  const connect = (child: string, childLevel: CalendarLevel, level: CalendarLevel) =>
    edges.push({
      kind: 'calendar',
      id: calendarEdgeId(child, level),
      child,
      parent: level,
      from: childLevel,
      to: level,
    });
  if (listed.includes('week') && follows(finest, 'week')) connect(from, finest, 'week');
  let child = from;
  let childLevel = finest;
  for (const level of NESTED) {
    if (!listed.includes(level) || !follows(childLevel, level)) continue;
    connect(child, childLevel, level);
    child = level;
    childLevel = level;
  }
  return edges;
}
