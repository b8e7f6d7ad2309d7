package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk;
import io.lakebaseops.agents.performance.maintenance.HorizonHolder;
import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The first line of the vacuum screen: what cannot be cleaned and who holds it, else which table
/// is late, else that all is well; and how far wraparound is.
record VacuumVerdict(Role role, String sentence, List<String> strong) {
    private static final long FAR = 400_000_000;
    private static final Duration SOON = Duration.ofDays(30);

    VacuumVerdict {
        strong = List.copyOf(strong);
    }

    static VacuumVerdict of(VacuumSnapshot p, ZoneId zone) {
        var now = p.now();
        var late = p.tables().stream().filter(t -> t.troubled(now)).toList();
        var unknown = p.tables().stream().filter(t -> t.overFloor() && t.unknown()).toList();
        boolean critical = late.stream().anyMatch(t -> t.critical(now));
        var parts = new ArrayList<String>();
        var strong = new ArrayList<String>();
        var holder = p.holder();
        var stuck =
                late.stream().filter(t -> t.held() != null && t.held() > t.deadLimit()).findFirst();
        if (p.round().tables().value() == null) {
            parts.add(Texts.of("The tables could not be read"));
        } else if (holder.isPresent() && stuck.isPresent()) {
            strong.add(stuck.get().name());
            parts.add(held(stuck.get(), holder.get(), now, zone));
        } else if (!late.isEmpty()) {
            var worst = late.getFirst();
            strong.add(worst.name());
            parts.add(late(late, worst, now));
        } else if (!unknown.isEmpty()) {
            var first = unknown.getFirst();
            strong.add(first.name());
            parts.add(
                    Texts.of(
                            "How many rows are dead is unknown in %s since %s: their counters began anew",
                            unknown.size() == 1
                                    ? first.name()
                                    : Texts.count(unknown.size(), "table"),
                            VacuumWords.when(first.unknownSince(), now, zone)));
        } else {
            int notable = p.round().tables().value().notable().size();
            parts.add(
                    notable == 0
                            ? Texts.of("Nothing to clean: no table is above 20 % of a limit")
                            : Texts.of("Vacuum keeps up: no table is past its limit"));
            holder.ifPresent(
                    h ->
                            parts.add(
                                    Texts.of(
                                            "%s keeps what died in the last %s transactions",
                                            Texts.begin(h.words()),
                                            VacuumWords.rows(h.xminAge()))));
        }
        var running = p.round().running().value();
        if (running != null && !running.autovacuumOn()) {
            parts.add(Texts.of("Autovacuum is off on this server"));
        }
        var age = wraparound(p, now, zone, parts);
        var role =
                critical || age == Role.CRITICAL
                        ? Role.CRITICAL
                        : !late.isEmpty()
                                        || !unknown.isEmpty()
                                        || age == Role.WARNING
                                        || (running != null && !running.autovacuumOn())
                                        || p.round().tables().value() == null
                                ? Role.WARNING
                                : Role.OK;
        return new VacuumVerdict(role, String.join(". ", parts) + ".", strong);
    }

    private static String held(VacuumTable t, HorizonHolder h, Instant now, ZoneId zone) {
        var since = h.since();
        var sentence =
                Texts.of(
                        "Vacuum cannot clean %s: %s%s%s holds back %s dead rows",
                        t.name(),
                        h.words(),
                        h.idleInTransaction() ? Texts.of(", idle in a transaction") : "",
                        since == null
                                ? ""
                                : (h.idleInTransaction()
                                                ? Texts.of(" since ")
                                                : Texts.of(", since "))
                                        + VacuumWords.when(since, now, zone)
                                        + ",",
                        Format.grouped(t.held() == null ? 0 : t.held()));
        return h.rows() == null || h.rows() == 0
                ? sentence
                : sentence
                        + Texts.of(
                                ". Ending it releases %s rows in %s",
                                Format.grouped(h.rows()), Texts.count(h.tables(), "table"));
    }

    private static String late(List<VacuumTable> late, VacuumTable worst, Instant now) {
        var by = worst.late(now);
        return Texts.of(
                "%s%s%s has %s dead rows against a limit of %s%s%s",
                late.size() == 1
                        ? Texts.of("One table is")
                        : Texts.of("%s tables are", late.size()),
                Texts.of(" past its limit: ").replace("its", late.size() == 1 ? "its" : "their"),
                worst.name(),
                Format.grouped(worst.dead()),
                Format.grouped(worst.deadLimit()),
                by == null || by.toMinutes() < 1
                        ? ""
                        : Texts.of(", late by %s", VacuumWords.late(by)),
                worst.autovacuumOn() ? "" : Texts.of(", and autovacuum is off for it"));
    }

    private static Role wraparound(VacuumSnapshot p, Instant now, ZoneId zone, List<String> parts) {
        var ages = p.round().wraparound().value();
        if (ages == null) {
            parts.add(Texts.of("How far wraparound is could not be read"));
            return Role.WARNING;
        }
        var ids = ages.transactions();
        if (ids.age() >= CheckTxidWraparoundRisk.CRITICAL_AGE) {
            parts.add(Texts.of("Transaction ids are close to wraparound: %s", age(ids)));
            return Role.CRITICAL;
        }
        if (ids.age() >= CheckTxidWraparoundRisk.WARNING_AGE) {
            parts.add(Texts.of("Transaction ids grow old: %s", age(ids)));
            return Role.WARNING;
        }
        var met = ids.critical();
        if (met != null && met.earliest().isBefore(now.plus(SOON))) {
            parts.add(
                    (ids.generatedUntil() == null
                                    ? Texts.of("At today's rate wraparound is near: ")
                                    : Texts.of("At a generated rate wraparound is near: "))
                            + VacuumWords.when(met.expected(), now, zone));
            return Role.WARNING;
        }
        parts.add(
                ids.age() < FAR
                        ? Texts.of("Wraparound is far")
                        : Texts.of("Wraparound: %s", age(ids)));
        return Role.OK;
    }

    private static String age(CheckTxidWraparoundRisk.Ids ids) {
        return Texts.of("%s of 2.14 B", Format.large(ids.age()));
    }
}
