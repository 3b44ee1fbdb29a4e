import { type CalendarLevel, shiftPeriod } from '../../columns/calendar.ts';
import type { Track } from './track.ts';

/**
 * For each row of the Frame the row `count` periods of `level` later in its partition (earlier where it is negative);
 * −1 where that date does not exist, that period has no row, or the row itself has no period.
 */
export function neighbourRows(track: Track, level: CalendarLevel, count: number, rowCount: number): Int32Array {
  const { rows, places, starts, days } = track;
  const placeOf = new Map(days.map((day, place) => [day, place]));
  const targets = Int32Array.from(days, (day) => {
    const shifted = shiftPeriod(day, level, count);
    return shifted === null ? -1 : (placeOf.get(shifted) ?? -1);
  });
  const neighbours = new Int32Array(rowCount).fill(-1);
  for (let partition = 0; partition + 1 < starts.length; partition++) {
    const end = starts[partition + 1] ?? 0;
    // Later dates have later targets, so one walk beside the rows meets them all.
    let at = starts[partition] ?? 0;
    for (let i = at; i < end; i++) {
      const target = targets[places[i] ?? 0] ?? -1;
      if (target < 0) continue;
      while (at < end && (places[at] ?? 0) < target) at++;
      if (at < end && places[at] === target) neighbours[rows[i] ?? 0] = rows[at] ?? -1;
    }
  }
  return neighbours;
}
