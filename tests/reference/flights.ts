import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Table, tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { readParquet } from 'parquet-wasm/node';

/** One flight; `day` as `2001-01-31`, delay in minutes, distance in miles. */
export interface Flight {
  readonly day: string;
  readonly delay: number;
  readonly distance: number;
  readonly origin: string;
  readonly destination: string;
}

export interface Airport {
  readonly name: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
}

/** The flights with the airports by their code: what answers are computed from by plain loops. */
export interface Flights {
  readonly flights: readonly Flight[];
  readonly airports: ReadonlyMap<string, Airport>;
}

const MILLISECONDS_A_DAY = 86_400_000;

/** A table of flights as Arrow, read without any code of this project. */
export async function readTable(path: string): Promise<Table> {
  return tableFromIPC(readParquet(await readFile(path), { batchSize: 65_536 }).intoIPCStream());
}

/** The airports by their code. */
export async function readAirports(path: string): Promise<ReadonlyMap<string, Airport>> {
  const lines: (Airport & { readonly iata: string })[] = parse(await readFile(path), { columns: true });
  return new Map(lines.map(({ iata, ...airport }) => [iata, airport]));
}

/** The sample of the fixture. */
export async function readSample(folder: string): Promise<Flights> {
  const table = await readTable(join(folder, 'flights-sample.parquet'));
  const cells = (name: string) => {
    const column = table.getChild(name);
    if (column === null) throw new Error(`flights-sample.parquet has no column ${name}`);
    return [...column];
  };
  const [days, delays, distances] = [cells('date'), cells('delay'), cells('distance')];
  const [origins, destinations] = [cells('origin'), cells('destination')];
  return {
    flights: days.map((day, row) => ({
      day: dayText(Math.floor(Number(day) / MILLISECONDS_A_DAY)),
      delay: Number(delays[row]),
      distance: Number(distances[row]),
      origin: String(origins[row]),
      destination: String(destinations[row]),
    })),
    airports: await readAirports(join(folder, 'airports.csv')),
  };
}

/** `2001-01-31` of a day counted from 1970-01-01. */
export function dayText(day: number): string {
  return new Date(day * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
}

/** The ISO week of a day, as `2001-W05`: the week has the year that its Thursday is in. */
export function weekOf(day: string): string {
  const date = new Date(day);
  const weekday = (date.getUTCDay() + 6) % 7;
  const thursday = date.getTime() + (3 - weekday) * MILLISECONDS_A_DAY;
  const year = new Date(thursday).getUTCFullYear();
  const week = 1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * MILLISECONDS_A_DAY));
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The flights by a coordinate, in its order: text by code unit, for none here has a surrogate. */
export function grouped(
  flights: readonly Flight[],
  coordinate: (flight: Flight) => readonly string[],
): readonly { readonly at: readonly string[]; readonly flights: readonly Flight[] }[] {
  const groups = new Map<string, { readonly at: readonly string[]; readonly flights: Flight[] }>();
  for (const flight of flights) {
    const at = coordinate(flight);
    const key = at.join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { at, flights: [flight] });
    else group.flights.push(flight);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

export function sumOf(flights: readonly Flight[], value: (flight: Flight) => number): number {
  return flights.reduce((sum, flight) => sum + value(flight), 0);
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
