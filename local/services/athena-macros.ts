/**
 * Functions of Trino that DuckDB lacks, or has under another name.
 *
 * A format of `date_format` and `date_parse` is passed on: `%i` and `%s` mean nothing to DuckDB.
 *
 * @see https://trino.io/docs/current/functions/list.html
 */
export const macros: readonly string[] = [
  `from_iso8601_timestamp(t) AS CAST(t AS TIMESTAMPTZ)`,
  `from_iso8601_date(t) AS CAST(t AS DATE)`,
  `to_iso8601(t) AS strftime(CAST(t AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%gZ')`,
  `from_unixtime(s) AS make_timestamp(CAST(CAST(s AS DOUBLE) * 1000000 AS BIGINT))`,
  `to_unixtime(t) AS CAST(epoch(CAST(t AS TIMESTAMP)) AS DOUBLE)`,
  `date_add(unit, n, t) AS t + (n * CAST('1 ' || unit AS INTERVAL))`,
  `date_format(t, f) AS strftime(CAST(t AS TIMESTAMP), f)`,
  `date_parse(s, f) AS strptime(s, f)`,
  `day_of_week(t) AS isodow(t)`,
  `day_of_year(t) AS dayofyear(t)`,
  `approx_distinct(x) AS CAST(approx_count_distinct(x) AS BIGINT)`,
  `approx_percentile(x, p) AS approx_quantile(x, p)`,
  `json_extract_scalar(j, p) AS json_extract_string(j, p)`,
  `json_parse(s) AS CAST(s AS JSON)`,
  `json_format(j) AS CAST(j AS VARCHAR)`,
  `element_at(m, k) AS m[k]`,
  `cardinality(a) AS len(a)`,
  `array_join(a, d) AS array_to_string(a, d)`,
  `regexp_like(s, p) AS regexp_matches(s, p)`,
  `strpos(s, t) AS instr(s, t)`,
  `count_if(c) AS CAST(count(*) FILTER (WHERE c) AS BIGINT)`,
  `codepoint(s) AS unicode(s)`,
  `at_timezone(t, z) AS timezone(z, t)`,
]
