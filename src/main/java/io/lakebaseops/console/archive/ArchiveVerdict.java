package io.lakebaseops.console.archive;

import io.lakebaseops.agents.health.archival.ColdCandidate;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.state.Archival;

import java.util.ArrayList;
import java.util.List;

/// The first line of the archive screen: how much could move, and above all whether an archival
/// that is open has deleted anything yet.
record ArchiveVerdict(Role role, String sentence, List<String> strong) {
    ArchiveVerdict {
        strong = List.copyOf(strong);
    }

    static ArchiveVerdict of(ArchiveSnapshot p) {
        var parts = new ArrayList<String>();
        var strong = new ArrayList<String>();
        var look = p.look();
        long ready =
                p.candidates().stream()
                        .filter(ColdCandidate::ready)
                        .mapToLong(ColdCandidate::freedBytes)
                        .sum();
        long all = p.candidates().stream().mapToLong(ColdCandidate::bytes).sum();
        if (look == null) {
            parts.add(Texts.of("Cold rows have not been counted yet"));
        } else if (p.candidates().isEmpty()) {
            parts.add(
                    Texts.of(
                            "No table has enough rows older than %d days to be worth moving",
                            look.days()));
        } else if (ready == 0) {
            parts.add(
                    Texts.of(
                            "%s cold rows, but none can move as it is",
                            Texts.of("%s with", Texts.count(p.candidates().size(), "table"))));
        } else {
            strong.add(Format.size(ready));
            parts.add(
                    Texts.of(
                            "%s of %s is cold and could move",
                            Format.size(ready), Format.size(all)));
        }
        var role = look == null ? Role.INFO : Role.OK;
        for (var a : p.open()) {
            boolean runs = p.runs(a);
            role = runs ? Role.INFO : Role.WARNING;
            var name = Texts.of("archival %s", a.number());
            strong.add(name);
            parts.add(name + (runs ? " " : Texts.of(" stopped and ")) + deleted(a));
        }
        if (role == Role.OK && ready > 0) {
            role = Role.INFO;
        }
        return new ArchiveVerdict(role, String.join("; ", parts) + ".", strong);
    }

    static String deleted(Archival a) {
        return a.hasDeleted()
                ? Texts.of(
                        "has deleted %s of %s rows, all of them are in the archive",
                        Format.grouped(a.rowsDeleted()), Format.grouped(a.rowsSelected()))
                : Texts.of("has deleted nothing yet");
    }
}
