package io.lakebaseops.console;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// Job schedules in words. Knows the shapes our schedules have; others stay as written.
public final class CronWords {
    private static final String[] DAYS = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

    private CronWords() {}

    public static String of(@Nullable String cron) {
        if (cron == null) {
            return "on request";
        }
        var f = cron.strip().split("\\s+", -1);
        if (f.length != 5 || !f[2].equals("*") || !f[3].equals("*")) {
            return cron;
        }
        if (f[1].equals("*") && f[4].equals("*")) {
            if (f[0].equals("*")) {
                return "every minute";
            }
            if (f[0].matches("\\*/\\d+")) {
                return "every " + f[0].substring(2) + " min";
            }
            return f[0].equals("0") ? "every hour" : cron;
        }
        if (f[1].matches("\\*/\\d+") && f[0].matches("\\d+")) {
            return "every " + f[1].substring(2) + " h";
        }
        if (!f[0].matches("\\d+") || !f[1].matches("\\d+")) {
            return cron;
        }
        var time =
                String.format(
                        Locale.ENGLISH,
                        "%02d:%02d UTC",
                        Integer.parseInt(f[1]),
                        Integer.parseInt(f[0]));
        if (f[4].equals("*")) {
            return "daily " + time;
        }
        return f[4].matches("[0-7]") ? DAYS[f[4].charAt(0) - '0'] + " " + time : cron;
    }
}
