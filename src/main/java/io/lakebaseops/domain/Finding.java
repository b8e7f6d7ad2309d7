package io.lakebaseops.domain;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Something an agent noticed about one object. The same finding seen again has the same
/// fingerprint and updates the stored one; one no longer seen is closed.
///
/// @param kind what was noticed, snake case: `duplicate_index`, `missing_fk_index`, …
/// @param summary one sentence with the figures in it
/// @param ddl the statement that would mend it, if there is one
/// @param check SQL a person can run to see for themselves
/// @param since when this reading of the evidence was taken
/// @param impact of mending it; null when it has no figures
/// @param remedy the change that would mend it; null when a person must find one. It belongs to the
///     run that saw the finding and is not stored with it
public record Finding(
        String fingerprint,
        TargetId target,
        String kind,
        Severity severity,
        Subject subject,
        String summary,
        Confidence confidence,
        @Nullable String ddl,
        @Nullable String check,
        List<Evidence> evidence,
        Instant since,
        @Nullable Impact impact,
        @Nullable Remedy remedy) {
    public Finding {
        evidence = List.copyOf(evidence);
    }

    public static Finding of(
            TargetId target,
            String kind,
            Severity severity,
            Subject subject,
            String summary,
            Confidence confidence,
            @Nullable String ddl,
            @Nullable String check,
            List<Evidence> evidence,
            Instant since) {
        return new Finding(
                fingerprint(target, kind, subject),
                target,
                kind,
                severity,
                subject,
                summary,
                confidence,
                ddl,
                check,
                evidence,
                since,
                null,
                null);
    }

    /// The same with what mending it gives and takes.
    public Finding worth(@Nullable Impact of) {
        return with(of, remedy);
    }

    /// The same with the change that mends it, or with none.
    public Finding mendedBy(@Nullable Remedy by) {
        return with(impact, by);
    }

    /// The same with what else was found out about it, and how sure it makes.
    public Finding shown(Evidence more, Confidence now) {
        var all = new ArrayList<Evidence>(evidence);
        all.add(more);
        return new Finding(
                fingerprint,
                target,
                kind,
                severity,
                subject,
                summary,
                now,
                ddl,
                check,
                all,
                since,
                impact,
                remedy);
    }

    private Finding with(@Nullable Impact of, @Nullable Remedy by) {
        return new Finding(
                fingerprint,
                target,
                kind,
                severity,
                subject,
                summary,
                confidence,
                ddl,
                check,
                evidence,
                since,
                of,
                by);
    }

    /// Depends on what is wrong with which object where, never on figures that change.
    public static String fingerprint(TargetId target, String kind, Subject s) {
        var parts = new StringBuilder();
        for (var part :
                new @Nullable String[] {
                    target.key(), kind, s.type(), s.database(), s.schema(), s.table(), s.name()
                }) {
            parts.append(part == null ? "\u0000" : part).append('\u001f');
        }
        return Sha256.hex(parts.toString()).substring(0, 32);
    }
}
