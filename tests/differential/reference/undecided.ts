/** What the answer is stays open; the message says why. */
export class Undecided extends Error {}

export const BEYOND = 'whether a sum past 127 bits is refused depends on the order of the rows';
export const LAST_BITS = 'the last bits of a double, which engines compute differently, decide';
export const BEYOND_YEARS = 'a date before year 1 or after 9999 has no printed form to compare';
export const SEVERAL_A_PERIOD =
  'rows that should be one a period are several, since the data contradict what is declared';
