import { exactDigits, type LogicalType } from '../../columns/logical-type.ts';
import { integerScalar, type Scalar, unitsToDouble } from '../../columns/scalar.ts';
import type { NumberFunction } from '../functions.ts';

/** A function of numbers on non-null values. Doubles are finite or NULL, and −0 is 0. */
export function numberFunction(
  name: NumberFunction,
  args: readonly Scalar[],
  argumentTypes: readonly LogicalType[],
  type: LogicalType,
): Scalar | null {
  const double = (at: number) => asDouble(args[at] ?? 0, argumentTypes[at]);
  switch (name) {
    case 'FLOOR': {
      const digits = exactDigits(argumentTypes[0] ?? type);
      return digits === undefined ? finite(Math.floor(double(0))) : floorUnits(asUnits(args[0] ?? 0), digits);
    }
    case 'MOD': {
      const digits = exactDigits(type) ?? 0;
      const units = (at: number) =>
        BigInt(asUnits(args[at] ?? 0)) * 10n ** BigInt(digits - (exactDigits(argumentTypes[at] ?? type) ?? 0));
      const divisor = units(1);
      return divisor === 0n ? null : integerScalar(units(0) % divisor);
    }
    case 'SQRT':
      return finite(Math.sqrt(double(0)));
    case 'EXP':
      return finite(Math.exp(double(0)));
    case 'LN':
      return finite(Math.log(double(0)));
    case 'LOG10':
      return finite(Math.log10(double(0)));
    case 'POWER':
      return finite(double(0) ** double(1));
  }
}

/** Largest integer that is at most units × 10^−digits. */
export function floorUnits(units: number | bigint, digits: number): number | bigint {
  if (digits === 0) return units;
  const scale = 10n ** BigInt(digits);
  const value = BigInt(units);
  const quotient = value / scale;
  // Division of bigints truncates towards zero.
  return integerScalar(value < 0n && quotient * scale !== value ? quotient - 1n : quotient);
}

function asUnits(value: Scalar): number | bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  throw new TypeError(`expression: ${JSON.stringify(value)} where a number stands`);
}

function asDouble(value: Scalar, type: LogicalType | undefined): number {
  return unitsToDouble(asUnits(value), type === undefined ? 0 : (exactDigits(type) ?? 0));
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value + 0 : null;
}
