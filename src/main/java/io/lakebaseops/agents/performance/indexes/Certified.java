package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.agents.performance.indexes.CertificateRules.Ground;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.state.DropCertificate;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The verdict of a check on superfluous indexes, with drop certificates for some of them.
record Certified<T>(
        Judged<T> judged,
        List<DropCertificate> certificates,
        List<Finding> findings,
        List<String> caveats)
        implements IndexCheck.Verdict {
    static final String HOW_MANY =
            "How many of the largest get a drop certificate: all known statements planned again"
                    + " without them in the planner twin, a server on this machine that holds statistics"
                    + " of the database but no rows";
    static final String WHICH = "The only one to get a certificate, as schema.name";

    private static final String EVIDENCE = "planner twin: statements planned without the index";

    Certified {
        certificates = List.copyOf(certificates);
        findings = List.copyOf(findings);
        caveats = List.copyOf(caveats);
    }

    /// The largest, or the one that somebody asked for.
    static List<Ground> wanted(List<Ground> all, int most, @Nullable String index) {
        return all.stream()
                .filter(
                        g ->
                                index == null
                                        || index.equals(
                                                g.index().row().schemaName()
                                                        + "."
                                                        + g.index().row().indexName()))
                .sorted(
                        Comparator.comparingLong((Ground g) -> g.index().row().indexBytes())
                                .reversed())
                .limit(index == null ? most : 1)
                .toList();
    }

    static <T> Certified<T> of(
            Judged<T> judged,
            List<Ground> wanted,
            @Nullable IndexTwin twin,
            IndexCatalog catalog,
            ReadSession session,
            ToolContext context) {
        var answer =
                twin == null
                        ? new IndexTwin.Answer<DropCertificate>(List.of(), List.of())
                        : twin.certify(catalog, session, wanted, context);
        return new Certified<>(
                judged,
                answer.list(),
                judged.findings().stream().map(f -> shown(f, answer.list())).toList(),
                Stream.concat(judged.caveats().stream(), answer.caveats().stream()).toList());
    }

    static <T> List<Judged<T>> judged(List<Certified<T>> all) {
        return all.stream().map(Certified::judged).toList();
    }

    static <T> List<DropCertificate> certificates(List<Certified<T>> all) {
        return all.stream().flatMap(c -> c.certificates().stream()).toList();
    }

    @Override
    public boolean covers(String kind) {
        return judged.covers(kind);
    }

    private static Finding shown(Finding finding, List<DropCertificate> certificates) {
        return certificates.stream()
                .filter(
                        c ->
                                c.index().equals(finding.subject().name())
                                        && c.schema().equals(finding.subject().schema()))
                .findFirst()
                .map(c -> finding.shown(evidence(c), confidence(finding, c)))
                .orElse(finding);
    }

    private static Evidence evidence(DropCertificate certificate) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("grade", certificate.grade().name().toLowerCase(java.util.Locale.ROOT));
        row.put("verdict", certificate.verdict());
        row.put("statements", certificate.statements());
        row.put("on_the_table", certificate.concerned());
        row.put("keep_their_plan", certificate.kept());
        row.put("change", certificate.changes().size());
        row.put("not_known", certificate.gaps().size());
        row.put("reasons", String.join("; ", certificate.reasons()));
        row.put("origin", certificate.origin());
        return new Evidence(EVIDENCE, Map.of(), new Rows(List.of(row)), certificate.at());
    }

    /// It never makes surer than the counters and the catalog do, only less sure.
    private static Confidence confidence(Finding finding, DropCertificate certificate) {
        var known = finding.confidence();
        return switch (certificate.grade()) {
            case PROVEN, CHECK_THE_CODE, INCONCLUSIVE -> known;
            case NEEDED ->
                    new Confidence(
                            Math.min(known.value(), 0.2),
                            Objects.requireNonNullElse(
                                    certificate.reasons().isEmpty()
                                            ? null
                                            : certificate.reasons().getFirst(),
                                    known.reason()));
        };
    }
}
