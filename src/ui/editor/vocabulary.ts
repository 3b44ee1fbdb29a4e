/** Words of Frame-QL that completion offers: clauses in their order, then the words inside them. */
export const CLAUSE_WORDS = ['SELECT', 'FROM', 'AT', 'WHERE', 'HAVING', 'ORDER BY', 'LIMIT', 'PER'] as const;

export const INNER_WORDS = ['AS', 'AND', 'OR', 'NOT', 'ASC', 'DESC', 'DATE', 'TRUE', 'FALSE'] as const;

/** Operators with what each is, in few words. */
export const OPERATOR_WORDS: readonly { readonly name: string; readonly meaning: string }[] = [
  { name: 'SUM', meaning: 'sum of the values' },
  { name: 'COUNT', meaning: 'number of values' },
  { name: 'MIN', meaning: 'smallest value' },
  { name: 'MAX', meaning: 'largest value' },
  { name: 'AVG', meaning: 'mean of the values' },
  { name: 'MEDIAN', meaning: 'middle of the values' },
  { name: 'COUNT_DISTINCT', meaning: 'number of different values' },
];
