package io.lakebaseops.local.compute.history;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A position in the write-ahead log. Written `16/B374D848` (PostgreSQL manual, 8.20 "pg_lsn
/// Type").
///
/// @param value bytes from the start of the log, unsigned
public record Lsn(long value) implements Comparable<Lsn> {
    private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /// `initdb` is never told another size than the default of 16 MB.
    static final int SEGMENT_BITS = 24;

    static final long SEGMENT_BYTES = 1L << SEGMENT_BITS;

    /// @throws IllegalArgumentException when the text is not a position
    public static Lsn parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a log position like 0/1A2B3C: " + text);
        }
        long high = Long.parseLong(matcher.group(1), 16);
        return new Lsn(high << 32 | Long.parseLong(matcher.group(2), 16));
    }

    /// The last 16 characters of the name of the segment this position is in.
    public String segment() {
        return String.format(
                Locale.ROOT, "%08X%08X", value >>> 32, (value & 0xffffffffL) >>> SEGMENT_BITS);
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%X/%X", value >>> 32, value & 0xffffffffL);
    }
}
