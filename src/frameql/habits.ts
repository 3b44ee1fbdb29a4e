/** What SQL has taught and Frame-QL says another way. */
export type Habit =
  | 'GROUP BY'
  | 'AT list'
  | 'JOIN'
  | 'SELECT *'
  | 'SELECT DISTINCT'
  | 'COUNT(DISTINCT x)'
  | 'missing AT'
  | 'missing AS'
  | 'table alias'
  | 'qualified name'
  | 'subquery'
  | 'ORDER BY expression'
  | 'quoted text'
  | 'unquoted date'
  | 'block comment'
  | 'WITH AS'
  | 'LIKE'
  | 'IS TRUE'
  | '||'
  | '%'
  | 'OVER'
  | 'FILTER'
  | 'IFNULL'
  | 'IF'
  | 'CAST'
  | 'EXTRACT'
  | 'INTERVAL';

export interface HabitDefinition {
  /** Names the habit and ends in what to write instead. */
  readonly hint: string;
  /** How the button of its remedy reads. */
  readonly repair: string;
}

/** One row a habit. */
export const HABITS: { readonly [Name in Habit]: HabitDefinition } = {
  'GROUP BY': {
    hint: 'Frame-QL has no GROUP BY: AT names the dimensions that one row of the answer stands for. Write AT in its place.',
    repair: 'Write AT instead of GROUP BY',
  },
  'AT list': {
    hint: 'An anchor of several dimensions stands in brackets. Write (a, b).',
    repair: 'Put the anchor in brackets',
  },
  JOIN: {
    hint: 'Frame-QL has no JOIN: the collection knows which dimensions a schema reaches, and a row without a partner stays, under NULL. Name one schema in FROM, or leave FROM out.',
    repair: 'Leave the JOIN out',
  },
  'SELECT *': {
    hint: 'Frame-QL has no SELECT *: an answer has the columns it is asked for. List dimensions and metric families by name.',
    repair: 'List the metric families',
  },
  'SELECT DISTINCT': {
    hint: 'Frame-QL has no SELECT DISTINCT: the rows of an answer are distinct coordinates. Leave DISTINCT out and name the dimensions in AT.',
    repair: 'Name the dimensions in AT',
  },
  'COUNT(DISTINCT x)': {
    hint: 'Frame-QL has no DISTINCT inside an operator: the number of distinct values is an operator of its own. Write COUNT_DISTINCT(x).',
    repair: 'Write COUNT_DISTINCT',
  },
  'missing AT': {
    hint: 'AT is missing: it names the dimensions that one row of the answer stands for. Add AT with those dimensions, or AT () for one row over everything.',
    repair: 'Add AT',
  },
  'missing AS': {
    hint: 'A column is named with AS. Write AS before the name.',
    repair: 'Add AS',
  },
  'table alias': {
    hint: 'A schema in FROM has no second name: names belong to the collection, not to a table. Leave the second name out.',
    repair: 'Leave the second name out',
  },
  'qualified name': {
    hint: 'Names belong to the collection, not to a table. Write the name alone.',
    repair: 'Write the names alone',
  },
  subquery: {
    hint: 'Frame-QL has no subqueries: a statement asks for one Frame. Ask the inner question in a statement of its own.',
    repair: 'Ask the inner question',
  },
  'ORDER BY expression': {
    hint: 'ORDER BY takes the names of columns of the answer. Select the expression with AS and order by that name.',
    repair: 'Order by the name of the column',
  },
  'quoted text': {
    hint: 'Double quotes hold a name. Write a text value in single quotes.',
    repair: 'Write the text in single quotes',
  },
  'unquoted date': {
    hint: "A date without quotes would be a subtraction. Write it in single quotes, as in '2024-01-31'.",
    repair: 'Put the date in quotes',
  },
  'block comment': {
    hint: 'A comment begins with -- and ends with its line. Write it so, or leave it out.',
    repair: 'Leave the comment out',
  },
  'WITH AS': {
    hint: 'In Frame-QL WITH gives an expression a name, not a statement. Write WITH name = expression.',
    repair: 'Write = after the name',
  },
  LIKE: {
    hint: 'Frame-QL has no LIKE. Write CONTAINS(x, text), STARTS_WITH(x, text) or ENDS_WITH(x, text).',
    repair: 'Say it without LIKE',
  },
  'IS TRUE': {
    hint: 'Frame-QL has no IS TRUE: WHERE, HAVING and CASE keep what is TRUE. Write the condition itself, or COALESCE around it where NULL must count.',
    repair: 'Say it with COALESCE',
  },
  '||': {
    hint: 'Frame-QL joins texts with a function. Write CONCAT(a, b).',
    repair: 'Write CONCAT',
  },
  '%': {
    hint: 'Frame-QL takes a remainder with a function. Write MOD(a, b).',
    repair: 'Write MOD',
  },
  OVER: {
    hint: 'Frame-QL has no OVER: a window runs along the calendar of the anchor, and RANK(x, within => region) ranks within each region. Leave OVER out.',
    repair: 'Write the window without OVER',
  },
  FILTER: {
    hint: 'Frame-QL has no FILTER after an operator. Write CASE inside it, as in SUM(CASE WHEN condition THEN x END).',
    repair: 'Write CASE inside the operator',
  },
  IFNULL: {
    hint: 'What stands for NULL is said with COALESCE. Write COALESCE(x, instead).',
    repair: 'Write COALESCE',
  },
  IF: {
    hint: 'Frame-QL has no IF. Write CASE WHEN condition THEN value ELSE other END.',
    repair: 'Write CASE',
  },
  CAST: {
    hint: "Frame-QL has no CAST: a column has the type that the collection gives it, and a date is written DATE '2024-01-31'. Leave CAST out.",
    repair: 'Write a date',
  },
  EXTRACT: {
    hint: 'Frame-QL has no EXTRACT. Write the part as a function: YEAR(x), QUARTER(x), MONTH(x), WEEK(x), DAY(x) or WEEKDAY(x).',
    repair: 'Write the part as a function',
  },
  INTERVAL: {
    hint: 'Frame-QL has no INTERVAL: a date moves by whole periods of its level. Write day + 7, or month - 1.',
    repair: 'Write a whole number',
  },
};

/** Words that stop a statement where a habit was not read as what it means. Upper case. */
export const HABIT_WORDS: ReadonlyMap<string, Habit> = new Map([
  ['GROUP', 'GROUP BY'],
  ['JOIN', 'JOIN'],
  ['INNER', 'JOIN'],
  ['LEFT', 'JOIN'],
  ['OVER', 'OVER'],
  ['FILTER', 'FILTER'],
  ['LIKE', 'LIKE'],
  ['ILIKE', 'LIKE'],
  ['INTERVAL', 'INTERVAL'],
]);

/** Words and marks that stop a statement, with what Frame-QL says of them. Words are upper case. */
export const FOREIGN: ReadonlyMap<string, string> = new Map([
  ['UNION', 'Frame-QL has no UNION: a statement asks for one Frame. Ask each question in a statement of its own.'],
  ['INTERSECT', 'Frame-QL has no INTERSECT: a statement asks for one Frame. Say both conditions in WHERE with AND.'],
  ['EXCEPT', 'Frame-QL has no EXCEPT: a statement asks for one Frame. Say what to leave out in WHERE with NOT.'],
  ['OFFSET', 'Frame-QL has no OFFSET: an answer is whole and the reader scrolls. Leave OFFSET out.'],
  ['FETCH', 'Frame-QL has no FETCH. Write LIMIT n.'],
  ['TOP', 'Frame-QL has no TOP. Write LIMIT n at the end.'],
  ['QUALIFY', 'Frame-QL has no QUALIFY. Give the window a name with AS and filter it with HAVING.'],
  ['WINDOW', 'Frame-QL has no WINDOW: a window runs along the calendar of the anchor. Leave the clause out.'],
  ['WITHIN', 'Frame-QL has no WITHIN GROUP. Write MEDIAN(x) or QUANTILE(x, 0.9).'],
  ['REGEXP', 'Frame-QL has no patterns. Write CONTAINS(x, text), STARTS_WITH(x, text) or ENDS_WITH(x, text).'],
  ['RLIKE', 'Frame-QL has no patterns. Write CONTAINS(x, text), STARTS_WITH(x, text) or ENDS_WITH(x, text).'],
  ['GLOB', 'Frame-QL has no patterns. Write CONTAINS(x, text), STARTS_WITH(x, text) or ENDS_WITH(x, text).'],
  ['SIMILAR', 'Frame-QL has no patterns. Write CONTAINS(x, text), STARTS_WITH(x, text) or ENDS_WITH(x, text).'],
  [
    'ESCAPE',
    'Frame-QL has no ESCAPE: the text in CONTAINS, STARTS_WITH and ENDS_WITH is taken as it is. Leave ESCAPE out.',
  ],
  ['RECURSIVE', 'Frame-QL has no WITH RECURSIVE: WITH gives an expression a name. Leave RECURSIVE out.'],
  ['ANALYZE', 'EXPLAIN plans and touches no data. Leave ANALYZE out.'],
  ['NULLS', 'NULLs come last, ascending and descending. Leave NULLS FIRST or NULLS LAST out.'],
  ['INSERT', 'Frame-QL asks and never writes. Begin with SELECT.'],
  ['UPDATE', 'Frame-QL asks and never writes. Begin with SELECT.'],
  ['DELETE', 'Frame-QL asks and never writes. Begin with SELECT.'],
  ['CREATE', 'Frame-QL asks and never writes. Begin with SELECT.'],
  ['DROP', 'Frame-QL asks and never writes. Begin with SELECT.'],
  [':', 'Frame-QL has no casts: a column has the type that the collection gives it. Leave :: and the type out.'],
  ['‘', "Text stands in straight quotes. Write '…'."],
  ['’', "Text stands in straight quotes. Write '…'."],
  ['“', 'These quotes are typographic. Write \'…\' around a text, "…" around a name.'],
  ['”', 'These quotes are typographic. Write \'…\' around a text, "…" around a name.'],
  ['`', 'A name that needs quotes stands in double quotes. Write "…".'],
  ['[', 'A list of dimensions stands in round brackets. Write (…).'],
  ['−', 'This is a typographic minus. Write -.'],
  ['×', 'Multiplication is written with an asterisk. Write *.'],
  ['÷', 'Division is written with a slash. Write /.'],
  ['≤', 'Write <=.'],
  ['≥', 'Write >=.'],
  ['≠', 'Write <>.'],
]);
