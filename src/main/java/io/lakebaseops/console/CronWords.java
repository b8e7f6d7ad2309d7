package io.lakebaseops.console;

import org.jspecify.annotations.Nullable;

/// Job schedules in words. Knows the shapes our schedules have; others stay as written.
public final class CronWords {
    private static final String[] DAYS = {
        Texts.of("Sun"),
        Texts.of("Mon"),
        Texts.of("Tue"),
        Texts.of("Wed"),
        Texts.of("Thu"),
        Texts.of("Fri"),
        Texts.of("Sat"),
        Texts.of("Sun")
    };

    private CronWords() {}

    public static String of(@Nullable String cron) {
        if (cron == null) {
            return Texts.of("on request");
        }
        var f = cron.strip().split("\\s+", -1);
        if (f.length != 5 || !f[2].equals("*") || !f[3].equals("*")) {
            return cron;
        }
        if (f[1].equals("*") && f[4].equals("*")) {
            if (f[0].equals("*")) {
                return Texts.of("every minute");
            }
            if (f[0].matches("\\*/\\d+")) {
                return Texts.of("every %s min", f[0].substring(2));
            }
            return f[0].equals("0") ? Texts.of("every hour") : cron;
        }
        if (f[1].matches("\\*/\\d+") && f[0].matches("\\d+")) {
            return Texts.of("every %s h", f[1].substring(2));
        }
        if (!f[0].matches("\\d+") || !f[1].matches("\\d+")) {
            return cron;
        }
        var time = Texts.of("%02d:%02d UTC", Integer.parseInt(f[1]), Integer.parseInt(f[0]));
        if (f[4].equals("*")) {
            return Texts.of("daily %s", time);
        }
        return f[4].matches("[0-7]") ? DAYS[f[4].charAt(0) - '0'] + " " + time : cron;
    }
}
