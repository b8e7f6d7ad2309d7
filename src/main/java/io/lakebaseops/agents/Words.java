package io.lakebaseops.agents;

import java.time.Duration;
import java.util.Locale;

/// How do figures read in a sentence? Sensible digits, always a unit.
public final class Words {
    private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Words() {}

    /// Powers of 1024, as PostgreSQL counts: `48.3 MB`.
    public static String bytes(double bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(
                Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, BYTE_UNITS[unit]);
    }

    /// Whole bytes, as the server's functions give them.
    public static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /// `12,480`.
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// To whole things: `12,480`.
    public static String count(double count) {
        return String.format(Locale.ROOT, "%,.0f", count);
    }

    /// 0.987 → `98.7 %`.
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /// `3 min`, `1.2 s`, `5 h`, `12 days`.
    public static String time(Duration time) {
        double s = time.toMillis() / 1000.0;
        if (s < 10) {
            return String.format(Locale.ROOT, "%.1f s", s);
        }
        if (s < 120) {
            return String.format(Locale.ROOT, "%.0f s", s);
        }
        if (s < 7200) {
            return String.format(Locale.ROOT, "%.0f min", s / 60);
        }
        return s < 172_800
                ? String.format(Locale.ROOT, "%.0f h", s / 3600)
                : String.format(Locale.ROOT, "%.0f days", s / 86_400);
    }
}
