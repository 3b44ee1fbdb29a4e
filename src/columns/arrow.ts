/**
 * The wire form of a Batch: one Arrow IPC stream, one record batch, no compression.
 *
 * | type            | written as                                                     | read from                                   |
 * |-----------------|----------------------------------------------------------------|---------------------------------------------|
 * | text            | Dictionary<Int32, Utf8>                                        | the same, Utf8, LargeUtf8, Dictionary of any |
 * | int64           | Int64, or Decimal128(38, 0) with `exact: 'fitting'` as needed  | any Int, Decimal of scale 0, Float64        |
 * | decimal(n)      | Int64 units, or Decimal128(38, n) with `exact`, see there      | the same, and as int64: units               |
 * | double          | Float64                                                        | any Float, any Int that is exact as a double |
 * | bool            | Bool                                                           | Bool                                        |
 * | date, any level | Date32                                                         | Date32                                      |
 */
export { decodeBatch } from './arrow-decode.ts';
export { type EncodeOptions, type ExactForm, encodeBatch, utf8Vector } from './arrow-encode.ts';
