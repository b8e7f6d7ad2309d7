package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps sets of indexes and drop certificates in the state database.
public final class IndexAdviceStore implements IndexAdvice {
    static final SqlName PRUNE_SETS = SqlName.of("state/prune_index_sets");
    static final SqlName PRUNE_CERTIFICATES = SqlName.of("state/prune_drop_certificates");

    private static final SqlName SETS = SqlName.of("state/index_sets");
    private static final SqlName SET_PUT = SqlName.of("state/index_set_put");
    private static final SqlName CERTIFICATE = SqlName.of("state/drop_certificate");
    private static final SqlName CERTIFICATE_PUT = SqlName.of("state/drop_certificate_put");
    private static final SqlName BASES = SqlName.of("state/drop_certificate_bases");
    private static final SqlName VOID = SqlName.of("state/drop_certificate_void");

    private final StateDb db;

    public IndexAdviceStore(StateDb db) {
        this.db = db;
    }

    private record SetRow(IndexSet set) {}

    private record CertificateRow(
            DropCertificate certificate, String basis, @Nullable String voided) {}

    @Override
    public List<IndexSet> sets(TargetId target) {
        return db.tx(
                tx ->
                        tx.query(SETS, Map.of("target", target.key()), SetRow.class).stream()
                                .map(SetRow::set)
                                .toList());
    }

    @Override
    public void put(TargetId target, IndexSet set) {
        var row =
                Map.of(
                        "target", target.key(),
                        "database", set.database(),
                        "at", set.at(),
                        "body", StateJson.write(set));
        db.run(tx -> tx.update(SET_PUT, row));
    }

    @Override
    public Optional<Certified> certificate(
            TargetId target, String database, String schema, String index) {
        var which =
                Map.of(
                        "target", target.key(),
                        "database", database,
                        "schema", schema,
                        "index", index);
        return db.tx(
                tx ->
                        tx.first(CERTIFICATE, which, CertificateRow.class)
                                .map(r -> new Certified(r.certificate(), r.basis(), r.voided())));
    }

    @Override
    public void put(TargetId target, DropCertificate certificate, String basis) {
        var row =
                Map.of(
                        "target", target.key(),
                        "database", certificate.database(),
                        "schema", certificate.schema(),
                        "index", certificate.index(),
                        "at", certificate.at(),
                        "basis", basis,
                        "body", StateJson.write(certificate));
        db.run(tx -> tx.update(CERTIFICATE_PUT, row));
    }

    @Override
    public List<Basis> bases(TargetId target, String database) {
        var which = Map.of("target", target.key(), "database", database);
        return db.tx(tx -> tx.query(BASES, which, Basis.class));
    }

    @Override
    public void voided(TargetId target, String database, Basis of, String why) {
        var row =
                Map.of(
                        "target", target.key(),
                        "database", database,
                        "schema", of.schemaName(),
                        "index", of.indexName(),
                        "basis", of.basis(),
                        "why", why);
        db.run(tx -> tx.update(VOID, row));
    }
}
