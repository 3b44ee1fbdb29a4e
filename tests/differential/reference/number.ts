/** An integer of 10^−digits units, of any size. */
export interface Exact {
  readonly units: bigint;
  readonly digits: number;
}

/** A finite double; `slack` is by how much another order of the same sums may lie off it, 0 where none does. */
export interface Approximate {
  readonly double: number;
  readonly slack: number;
}

export type Numeric = Exact | Approximate;

/** Largest difference between equal doubles, relative to the larger, and relative to Σ|x| of what was added up. */
const RELATIVE = 1e-9;
const OF_SUM = 1e-12;

export function isExact(value: Numeric): value is Exact {
  return 'units' in value;
}

export function whole(value: number | bigint): Exact {
  return { units: BigInt(value), digits: 0 };
}

export function doubleOf(value: Numeric): number {
  return isExact(value) ? nearestQuotient(value.units, 10n ** BigInt(value.digits)) : value.double;
}

export function slackOf(value: Numeric): number {
  return isExact(value) ? 0 : value.slack;
}

/** A double that counts: NULL where it is not finite, 0 for −0. */
export function approximate(double: number, slack = 0): Approximate | null {
  return Number.isFinite(double) ? { double: double + 0, slack } : null;
}

/** The slack of doubles that were added up, unless every order of adding them gives the same bits. */
export function slackOfSum(values: readonly Approximate[]): number {
  const magnitude = values.reduce((sum, { double }) => sum + Math.abs(double), 0);
  const inherited = values.reduce((sum, { slack }) => sum + slack, 0);
  const isDyadic = magnitude < 2 ** 40 && values.every(({ double }) => Number.isInteger(double * 1024));
  return isDyadic ? inherited : inherited + OF_SUM * magnitude;
}

/** Whether an answer's double is the one expected. */
export function isSame(answer: number, { double, slack }: Approximate): boolean {
  const difference = Math.abs(answer - double);
  return answer === double || difference <= RELATIVE * Math.max(Math.abs(answer), Math.abs(double)) + slack;
}

/** −1, 0 or 1; undefined where the tolerance leaves it open. */
export function compareNumbers(a: Numeric, b: Numeric): number | undefined {
  if (isExact(a) && isExact(b)) {
    const digits = Math.max(a.digits, b.digits);
    const [left, right] = [unitsAt(a, digits), unitsAt(b, digits)];
    return left < right ? -1 : left > right ? 1 : 0;
  }
  const [left, right] = [doubleOf(a), doubleOf(b)];
  const slack = slackOf(a) + slackOf(b);
  if (slack > 0 && isSame(left, { double: right, slack })) return undefined;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function negated(value: Numeric): Numeric {
  return isExact(value)
    ? { units: -value.units, digits: value.digits }
    : { double: 0 - value.double, slack: value.slack };
}

/** NULL where a double is not finite, and for division by zero. */
export function combined(sign: '+' | '-' | '*' | '/', a: Numeric, b: Numeric): Numeric | null {
  if (isExact(a) && isExact(b)) {
    if (sign === '*') return { units: a.units * b.units, digits: a.digits + b.digits };
    const digits = Math.max(a.digits, b.digits);
    const [left, right] = [unitsAt(a, digits), unitsAt(b, digits)];
    if (sign === '/') return right === 0n ? null : approximate(nearestQuotient(left, right));
    return { units: sign === '+' ? left + right : left - right, digits };
  }
  const [left, right] = [doubleOf(a), doubleOf(b)];
  const [leftSlack, rightSlack] = [slackOf(a), slackOf(b)];
  // What may be NULL leaves everything open.
  if (leftSlack + rightSlack === Number.POSITIVE_INFINITY) return { double: 0, slack: Number.POSITIVE_INFINITY };
  const added = leftSlack + rightSlack;
  switch (sign) {
    case '+':
    case '-': {
      // What cancels leaves the tolerance of both sides.
      const slack = added === 0 ? 0 : added + (RELATIVE + OF_SUM) * (Math.abs(left) + Math.abs(right));
      return approximate(sign === '+' ? left + right : left - right, slack);
    }
    case '*':
      return approximate(
        left * right,
        Math.abs(left) * rightSlack + Math.abs(right) * leftSlack + leftSlack * rightSlack,
      );
    case '/': {
      if (right === 0 && rightSlack === 0) return null;
      const room = Math.abs(right) - rightSlack - RELATIVE * Math.abs(right) * (rightSlack > 0 ? 1 : 0);
      // A divisor that may be zero leaves everything open.
      if (room <= 0) return { double: 0, slack: Number.POSITIVE_INFINITY };
      return approximate(left / right, added === 0 ? 0 : (leftSlack + Math.abs(left / right) * rightSlack) / room);
    }
  }
}

export function unitsAt({ units, digits }: Exact, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - digits);
}

/** The double nearest to a quotient of integers, ties to even. `divisor` is not 0. */
export function nearestQuotient(dividend: bigint, divisor: bigint): number {
  const sign = dividend < 0n === divisor < 0n ? 1 : -1;
  const [above, below] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const largest = BigInt(Number.MAX_SAFE_INTEGER);
  if (above <= largest && below <= largest) return (sign * Number(above)) / Number(below) + 0;
  // 130 bits of the quotient, and one more that says whether anything is left.
  const shift = 130 + below.toString(2).length - above.toString(2).length;
  const [scaledAbove, scaledBelow] = shift > 0 ? [above << BigInt(shift), below] : [above, below << BigInt(-shift)];
  const sticky = scaledAbove % scaledBelow === 0n ? 0n : 1n;
  return sign * Number(((scaledAbove / scaledBelow) << 1n) | sticky) * 2 ** (-shift - 1);
}
