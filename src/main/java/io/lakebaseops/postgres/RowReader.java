package io.lakebaseops.postgres;

import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGInterval;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads what columns hold into Java values: `timestamptz` is an Instant, `interval` a Duration,
/// arrays are lists, types Java has no word for come as their text.
public final class RowReader {
    private final ResultSet result;
    private final String[] labels;
    private final String[] types;

    private RowReader(ResultSet result) throws SQLException {
        this.result = result;
        var meta = result.getMetaData();
        labels = new String[meta.getColumnCount()];
        types = new String[labels.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = meta.getColumnLabel(i + 1);
            types[i] = meta.getColumnTypeName(i + 1);
        }
    }

    public static Rows rows(ResultSet result) throws SQLException {
        var reader = new RowReader(result);
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        while (result.next()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < reader.labels.length; i++) {
                row.put(reader.labels[i], reader.value(i));
            }
            if (row.size() < reader.labels.length) {
                throw new SQLException("Two columns of one name among " + row.keySet());
            }
            rows.add(row);
        }
        return new Rows(rows);
    }

    /// Records straight from the result, without the rows between.
    static <R extends Record> List<R> records(
            ResultSet result, SqlName query, RecordMapper<R> mapper) throws SQLException {
        var reader = new RowReader(result);
        var columns = mapper.columns(query, Arrays.asList(reader.labels));
        var records = new ArrayList<R>();
        while (result.next()) {
            records.add(mapper.one(query, i -> reader.value(columns[i])));
        }
        return records;
    }

    private @Nullable Object value(int column) throws SQLException {
        return value(result, column + 1, types[column]);
    }

    private static @Nullable Object value(ResultSet result, int i, String type)
            throws SQLException {
        if (type.startsWith("_")) {
            var array = result.getArray(i);
            return array == null
                    ? null
                    : Collections.unmodifiableList(
                            new ArrayList<@Nullable Object>(
                                    Arrays.asList((Object[]) array.getArray())));
        }
        return switch (type) {
            case "timestamptz" -> {
                var at = result.getObject(i, OffsetDateTime.class);
                yield at == null ? null : at.toInstant();
            }
            case "timestamp" -> result.getObject(i, LocalDateTime.class);
            case "date" -> result.getObject(i, LocalDate.class);
            case "interval" -> duration((PGInterval) result.getObject(i));
            case "bool", "int2", "int4", "int8", "oid", "float4", "float8", "bytea" ->
                    result.getObject(i);
            case "numeric" -> numeric(result, i);
            default -> result.getString(i);
        };
    }

    /// NaN and the infinities have no BigDecimal; they come as doubles.
    private static @Nullable Object numeric(ResultSet result, int i) throws SQLException {
        var text = result.getString(i);
        return text == null || !text.matches(".*[Ny].*")
                ? result.getBigDecimal(i)
                : (Object) Double.valueOf(text);
    }

    /// Months count 30 days, as PostgreSQL's own `extract(epoch …)` does within a year.
    private static @Nullable Duration duration(@Nullable PGInterval interval) {
        if (interval == null) {
            return null;
        }
        long days = interval.getYears() * 360L + interval.getMonths() * 30L + interval.getDays();
        return Duration.ofDays(days)
                .plusHours(interval.getHours())
                .plusMinutes(interval.getMinutes())
                .plusSeconds(interval.getWholeSeconds())
                .plusNanos(interval.getMicroSeconds() * 1000L);
    }
}
