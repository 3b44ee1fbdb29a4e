/** Statements of the language, each in its canonical form. */
export const STATEMENTS: readonly string[] = [
  'SELECT region, SUM(revenue) AS total_revenue AT region',
  'SELECT day, SUM(revenue) AS r AT day',
  'SELECT region, store, SUM(revenue) AS r FROM transactions AT (region, store)',
  'SELECT region, profit AT region',
  'SELECT region, store, revenue AT (region, store) ORDER BY region, revenue DESC LIMIT 3 PER region',
  'SELECT revenue AT ()',
  "SELECT COUNT(revenue) AT () WHERE region = 'North'",
  'SELECT COUNT(*) FROM transactions AT region',
  'SELECT region, revenue - cost AS margin, -cost AS spent AT region HAVING margin > 0.30',
  "SELECT store, store_name, revenue AT store WHERE region = 'East' AND day >= DATE '2024-01-01'",
  "SELECT region, revenue AT region WHERE (region = 'East' OR region = 'West') AND NOT year = 2023",
  'SELECT "order", revenue AS "total revenue" AT ("order", "a ""quoted"" name") LIMIT 10',
  'SELECT revenue * 1.10 - cost / 2e3 AS x, (revenue - cost) * 3 AS y, revenue - (cost - 1) AS z AT month',
  "SELECT month, revenue AT month WHERE month = '2024-01' ORDER BY month DESC LIMIT 1",
  'SELECT revenue > 10 AS big, NULL AS none, TRUE AS yes AT (region, day) LIMIT 2 PER (region, day)',
  'SELECT - -revenue AS same, MEDIAN(revenue * quantity) AS m, COUNT_DISTINCT(customer) AT ()',
];

/** Texts that people write and that are not in the language, or not yet. */
export const STRAY: readonly string[] = [
  'SELECT region, SUM(revenue) FROM transactions GROUP BY region',
  'SELECT t.region, COUNT(DISTINCT t.customer) n FROM transactions t JOIN stores s ON t.store_id = s.store_id GROUP BY 1 ORDER BY 2',
  'SELECT * FROM transactions',
  'SELECT SUM(revenue)',
  'SELECT region, revenue AT region WHERE day BETWEEN 2024-01-01 AND 2024-01-31 AND store NOT IN (1, 2)',
  'EXPLAIN SELECT revenue.SUM AT region, store',
  'WITH a = SUM(revenue) SELECT a, CASE WHEN a > 1 THEN 1 ELSE 2 END AS c, AVG(a @ (day)) AS d AT x VIA y',
  "SELECT a /* note */ AT b WHERE c LIKE 'x%' AND d IS NOT NULL",
  'SELECT RANK(revenue) OVER (PARTITION BY region) AS r, COALESCE(a, 0) AS b AT region',
  'SELECT a AT region FROM t ORDER BY (a + 1) WHERE b = "c" WHERE d = \'e',
];
