export { functionNamed, SCALAR_FUNCTIONS } from '../operators/functions/scalar-functions.ts';
