package io.lakebaseops.reconcile;

/// The one text form in which values of a type are compared, as an expression of PostgreSQL and as
/// one of DuckDB that give the same text for the same value.
///
/// Built-in functions alone: nothing is installed on a server. Where several values are one value
/// (numeric 1.50 and 1.5, the two zeros of a float, all NaN, the order of keys in JSON), they have
/// one text. A form whose text may hold anything is given its length, so that two columns cannot
/// be taken for two others.
enum CanonicalForm {
    WHOLE("{column}::text", "CAST({column} AS VARCHAR)", Text.CLOSED),
    TRUTH("{column}::text", "CAST({column} AS VARCHAR)", Text.CLOSED),
    TEXT("{column}::text", "{column}", Text.OPEN),
    /// `char(n)`: the blanks at the end are no part of the value.
    PADDED("{column}::text", "rtrim({column}, ' ')", Text.OPEN),
    /// Without zeros at the end of the fraction.
    NUMERIC(
            "trim_scale({column})::text",
            "CASE WHEN contains(CAST({column} AS VARCHAR), '.')"
                    + " THEN rtrim(rtrim(CAST({column} AS VARCHAR), '0'), '.')"
                    + " ELSE CAST({column} AS VARCHAR) END",
            Text.CLOSED),
    /// The 64 bits of IEEE 754: no two engines print floats alike, and all store these.
    FLOAT(
            "case when {column}::float8 = 'NaN' then '7ff8000000000000'"
                    + " else encode(float8send({column}::float8 + 0.0), 'hex') end",
            "CASE WHEN isnan({column}::DOUBLE) THEN '7ff8000000000000'"
                    + " ELSE lpad(lower(hex(({column}::DOUBLE + 0.0)::BIT::BIGINT)), 16, '0') END",
            Text.CLOSED),
    /// Microseconds since 2000 in UTC, as PostgreSQL stores them; the infinities are its extremes.
    INSTANT("encode(timestamptz_send({column}), 'hex')", Text.MICROSECONDS, Text.CLOSED),
    LOCAL_TIME("encode(timestamp_send({column}), 'hex')", Text.MICROSECONDS, Text.CLOSED),
    /// Days since 2000.
    DAY(
            "case when isfinite({column}) then ({column} - date '2000-01-01')::text"
                    + " else {column}::text end",
            "CASE WHEN isfinite({column})"
                    + " THEN CAST(date_diff('day', DATE '2000-01-01', {column}) AS VARCHAR)"
                    + " ELSE CAST({column} AS VARCHAR) END",
            Text.CLOSED),
    IDENTIFIER("{column}::text", "lower({column})", Text.CLOSED),
    /// By its MD5: a value of a gigabyte has no room in a text.
    BYTES("md5({column})", "md5({column})", Text.CLOSED),
    /// As `jsonb` writes it: keys by length and bytes, the last of two equal ones, no other blanks.
    JSON("md5({column}::jsonb::text)", "md5(" + JsonText.OF_COLUMN + ")", Text.CLOSED),
    /// As PostgreSQL prints it with ISO dates, in UTC: what a pipeline keeps as a string.
    WRITTEN("{column}::text", "{column}", Text.OPEN),
    /// `inet`: as printed, which a cast to text does not do.
    ADDRESS("format('%s', {column})", "{column}", Text.OPEN);

    /// What stands for NULL; no form gives it.
    private static final String NULL = "'~'";

    private enum Text {
        CLOSED,
        OPEN;

        static final String MICROSECONDS =
                "CASE WHEN {column} IS NULL THEN NULL WHEN isfinite({column}) THEN"
                        + " lpad(lower(hex(epoch_us({column}) - 946684800000000)), 16, '0')"
                        + " WHEN CAST({column} AS VARCHAR) LIKE '-%' THEN '8000000000000000'"
                        + " ELSE '7fffffffffffffff' END";
    }

    private final String postgres;
    private final String duck;
    private final Text text;

    CanonicalForm(String postgres, String duck, Text text) {
        this.postgres = postgres;
        this.duck = duck;
        this.text = text;
    }

    /// With `{column}` where the column stands; never null.
    String postgres() {
        return "coalesce("
                + (text == Text.OPEN
                        ? "octet_length(" + postgres + ") || ':' || " + postgres
                        : postgres)
                + ", "
                + NULL
                + ")";
    }

    String duck() {
        return "coalesce("
                + (text == Text.OPEN ? "strlen(" + duck + ") || ':' || " + duck : duck)
                + ", "
                + NULL
                + ")";
    }

    /// Of an array's elements, in order; an array of more dimensions has no copy in Delta.
    String postgresArray() {
        return "case when array_ndims({column}) > 1 then 'dimensions'"
                + " when {column} is null then "
                + NULL
                + " else (select md5(coalesce(string_agg("
                + postgres().replace("{column}", "u.e")
                + ", '|' order by u.o), '')) from unnest({column}) with ordinality as u (e, o)) end";
    }

    String duckArray() {
        return "CASE WHEN {column} IS NULL THEN "
                + NULL
                + " ELSE md5(array_to_string(list_transform({column}, lambda e: "
                + duck().replace("{column}", "e")
                + "), '|')) END";
    }
}
