package io.lakebaseops.change.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.change.audit.AuditLog.AuditEntry;
import io.lakebaseops.change.audit.AuditLog.ChainState.Broken;
import io.lakebaseops.domain.Sha256;
import io.lakebaseops.state.StateJson;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// A plan as the tables hold it, beside the entries of the audit chain that are about it.
///
/// @param complete the chain reaches back to before it was filed
record PlanRecord(
        Row row,
        boolean complete,
        List<AuditEntry> entries,
        List<DecisionRow> decisions,
        List<ReceiptRow> receipts) {
    PlanRecord {
        entries = List.copyOf(entries);
        decisions = List.copyOf(decisions);
        receipts = List.copyOf(receipts);
    }

    record Row(
            UUID id,
            String fingerprint,
            String title,
            String target,
            String body,
            String risk,
            String riskLevel,
            String state,
            Instant filedAt,
            @Nullable String decidedBy,
            @Nullable String verification) {}

    record DecisionRow(String act, String actor, String actorKind, @Nullable String reason) {
        @Override
        public String toString() {
            return "%s by %s (%s), reason %s"
                    .formatted(act, actor, actorKind.toLowerCase(Locale.ROOT), reason);
        }
    }

    record ReceiptRow(
            String phase,
            long step,
            String outcome,
            @Nullable Long millis,
            @Nullable Long rows,
            @Nullable String error) {
        @Override
        public String toString() {
            return "%s step %d %s, %s ms, %s rows, error %s"
                    .formatted(phase.toUpperCase(Locale.ROOT), step, outcome, millis, rows, error);
        }
    }

    private record Said(AuditEntry entry, JsonNode body) {
        @Nullable String text(String name) {
            return body.path(name).isTextual() ? body.path(name).textValue() : null;
        }
    }

    static Broken lost(long seq, UUID plan) {
        return new Broken(seq, "plan %.8s, filed here, is not in the table".formatted(plan));
    }

    Optional<Broken> difference() {
        if (!complete) {
            return Optional.empty();
        }
        var said =
                entries.stream()
                        .map(e -> new Said(e, StateJson.read(e.body(), JsonNode.class)))
                        .toList();
        if (said.isEmpty() || !said.getFirst().entry().kind().equals("filed")) {
            return Optional.of(
                    new Broken(
                            said.isEmpty() ? 0 : said.getFirst().entry().seq(),
                            "plan %.8s is in the table, but no entry says that it was filed"
                                    .formatted(row.id())));
        }
        return filed(said.getFirst())
                .or(() -> risk(said))
                .or(() -> decided(said))
                .or(() -> decisions(said))
                .or(() -> receipts(said))
                .or(() -> verified(said))
                .or(() -> state(said));
    }

    private Optional<Broken> filed(Said filed) {
        var bodyHash = filed.text("body_sha256");
        return differs(filed, "fingerprint", row.fingerprint(), filed.text("fingerprint"))
                .or(() -> differs(filed, "title", row.title(), filed.text("title")))
                .or(() -> differs(filed, "target", row.target(), filed.text("target")))
                .or(
                        () ->
                                bodyHash == null || bodyHash.equals(Sha256.hex(row.body()))
                                        ? Optional.empty()
                                        : broken(filed, "its text is not the one that was filed"));
    }

    /// The newest entry that tells a risk counts: it may be assessed again.
    private Optional<Broken> risk(List<Said> all) {
        return last(all, "risk")
                .flatMap(
                        said -> {
                            var told = said.body().path("risk");
                            boolean same =
                                    told.equals(StateJson.read(row.risk(), JsonNode.class))
                                            && told.path("level").asText().equals(row.riskLevel());
                            return same
                                    ? Optional.empty()
                                    : differs(
                                            said,
                                            "risk",
                                            row.riskLevel() + " " + row.risk(),
                                            told.path("level").asText() + " " + told);
                        });
    }

    private Optional<Broken> decided(List<Said> all) {
        var decision =
                all.stream()
                        .filter(s -> List.of("approve", "reject").contains(acted(s)))
                        .reduce((_, newer) -> newer);
        return decision.isEmpty()
                ? differs(all.getFirst(), "decided_by", row.decidedBy(), null)
                : differs(
                        decision.get(),
                        "decided_by",
                        row.decidedBy(),
                        decision.get().entry().actor());
    }

    /// What became void by a newer plan has no entry of its own.
    private Optional<Broken> decisions(List<Said> all) {
        var told = all.stream().filter(s -> !acted(s).isEmpty()).toList();
        var stored = decisions.stream().filter(d -> !d.act().equals("supersede")).toList();
        for (int i = 0; i < Math.min(told.size(), stored.size()); i++) {
            var kept = stored.get(i);
            var said = told.get(i);
            boolean expired = acted(said).equals("expire");
            var chain =
                    expired
                            ? new DecisionRow(
                                    "expire", kept.actor(), kept.actorKind(), kept.reason())
                            : new DecisionRow(
                                    acted(said),
                                    said.entry().actor(),
                                    said.body().path("by").path("kind").asText(kept.actorKind()),
                                    said.text("reason"));
            if (!kept.equals(chain)) {
                return differs(said, "decision", kept.toString(), chain.toString());
            }
        }
        return told.size() == stored.size()
                ? Optional.empty()
                : broken(
                        told.isEmpty() ? all.getLast() : told.getLast(),
                        "the table holds %d decisions, the chain %d"
                                .formatted(stored.size(), told.size()));
    }

    /// The act of a decision, empty for other entries.
    private static String acted(Said said) {
        var act = said.text("act");
        return act != null ? act : said.entry().kind().equals("expired") ? "expire" : "";
    }

    private Optional<Broken> receipts(List<Said> all) {
        var told = new ArrayList<String>();
        var at = all.getLast();
        for (var said : all) {
            if (said.entry().kind().equals("receipt")) {
                var body = said.body();
                told.add(
                        new ReceiptRow(
                                        body.path("phase").asText(),
                                        body.path("step").asLong(),
                                        body.path("outcome").asText(),
                                        number(body.path("duration_ms")),
                                        number(body.path("rows")),
                                        said.text("error"))
                                .toString());
                at = said;
            }
        }
        var stored = receipts.stream().map(ReceiptRow::toString).sorted().toList();
        var chain = told.stream().sorted().toList();
        return stored.equals(chain)
                ? Optional.empty()
                : differs(at, "receipts", stored.toString(), chain.toString());
    }

    private static @Nullable Long number(JsonNode node) {
        return node.isNumber() ? node.longValue() : null;
    }

    private Optional<Broken> verified(List<Said> all) {
        var verification = row.verification();
        var said = last(all, "verification");
        if (said.isEmpty()) {
            return differs(all.getLast(), "verification", verification, null);
        }
        var told = said.get().body().path("verification");
        var stored = verification == null ? null : StateJson.read(verification, ObjectNode.class);
        if (stored != null && !told.has("kind")) {
            // Earlier versions wrote it to the chain without its kind.
            stored.remove("kind");
        }
        return told.equals(stored)
                ? Optional.empty()
                : differs(said.get(), "verification", verification, told.toString());
    }

    /// A plan made void by a newer one has no entry of its own that says so, nor has one that was
    /// being undone when the program was upgraded.
    private Optional<Broken> state(List<Said> all) {
        var state = row.state();
        var by = all.getFirst();
        var told = "WAITING";
        for (var said : all) {
            var next = stateAfter(said);
            if (next != null) {
                told = next;
                by = said;
            }
        }
        boolean silent =
                state.equals("SUPERSEDED") || told.equals("UNDOING") && state.equals("FAILED");
        return silent ? Optional.empty() : differs(by, "state", state, told);
    }

    private static @Nullable String stateAfter(Said said) {
        return switch (acted(said)) {
            case "approve" -> "RUNNING";
            case "reject" -> "REJECTED";
            case "undo" -> "UNDOING";
            case "expire" -> "EXPIRED";
            default -> said.entry().kind().equals("abandoned") ? "FAILED" : said.text("state");
        };
    }

    private static Optional<Said> last(List<Said> all, String name) {
        return all.stream().filter(s -> s.body().hasNonNull(name)).reduce((_, newer) -> newer);
    }

    private Optional<Broken> differs(
            Said said, String what, @Nullable String stored, @Nullable String told) {
        return java.util.Objects.equals(stored, told)
                ? Optional.empty()
                : broken(
                        said,
                        "its %s in the table is %s, the chain says %s"
                                .formatted(what, stored, told));
    }

    private Optional<Broken> broken(Said said, String why) {
        return Optional.of(
                new Broken(
                        said.entry().seq(),
                        "plan %.8s (%s): %s".formatted(row.id(), row.title(), why)));
    }
}
