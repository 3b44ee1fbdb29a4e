/** The digits of base64, in order: six bits a character. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const CHARACTERS = Uint8Array.from(DIGITS, (digit) => digit.charCodeAt(0));

const VALUES = new Uint8Array(128).fill(255);
CHARACTERS.forEach((character, value) => {
  VALUES[character] = value;
});

/** The character code of a number below 64. */
export function digitOf(value: number): number {
  return CHARACTERS[value & 63] ?? 0;
}

/** The number that the character at a place stands for. Throws `RangeError` where it is no digit. */
export function valueOfDigit(text: string, place: number): number {
  const value = VALUES[text.charCodeAt(place)] ?? 255;
  if (value > 63) throw new RangeError(`sketch: ${JSON.stringify(text.charAt(place))} is no digit of base64`);
  return value;
}
