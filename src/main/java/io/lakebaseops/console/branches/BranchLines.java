package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.branching.BranchBoard.Active;
import io.lakebaseops.agents.provisioning.branching.BranchLife;
import io.lakebaseops.agents.provisioning.branching.LifeEvent;
import io.lakebaseops.console.branches.BranchLook.Fold;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rows of the graph in their order: each branch above its children, the newest child on top,
/// so that no line from a fork point crosses another branch's lane.
final class BranchLines {
    /// Fewer of a kind are listed one by one though their kind is folded.
    private static final int FOLD_FROM = 3;

    private final BranchesSnapshot picture;
    private final BranchLook look;
    private final Map<String, List<Endpoint>> computes;
    private final Map<String, List<Active>> active;
    private final Map<String, List<BranchLife>> children = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, List<LifeEvent>> skipped = new HashMap<>();
    private final @Nullable BranchLife preview;

    private record Row(
            String key, int depth, BranchLife life, List<BranchLife> folded, int parent) {}

    private BranchLines(
            BranchesSnapshot picture,
            BranchLook look,
            Map<String, List<Endpoint>> computes,
            Map<String, List<Active>> active,
            @Nullable BranchLife preview) {
        this.picture = picture;
        this.look = look;
        this.computes = computes;
        this.active = active;
        this.preview = preview;
    }

    /// @param computes of the branches whose computes are read
    /// @param preview a branch that is about to be created; null for none
    static List<BranchLine> of(
            BranchesSnapshot picture,
            BranchLook look,
            Map<String, List<Endpoint>> computes,
            Map<String, List<Active>> active,
            @Nullable BranchLife preview) {
        return new BranchLines(picture, look, computes, active, preview).lines();
    }

    private List<BranchLine> lines() {
        var known = new HashSet<String>();
        picture.branches().forEach(b -> known.add(b.id()));
        picture.skipped()
                .forEach(e -> skipped.computeIfAbsent(e.branch(), _ -> new ArrayList<>()).add(e));
        var roots = new ArrayList<BranchLife>();
        for (var b : picture.branches()) {
            var source = b.branch().source();
            if (source == null || !known.contains(source)) {
                roots.add(b);
            } else {
                children.computeIfAbsent(source, _ -> new ArrayList<>()).add(b);
            }
        }
        if (preview != null && preview.branch().source() != null) {
            children.computeIfAbsent(preview.branch().source(), _ -> new ArrayList<>())
                    .add(preview);
        }
        children.values()
                .forEach(
                        l ->
                                l.sort(
                                        Comparator.comparing(BranchLife::forkedAt)
                                                .reversed()
                                                .thenComparing(BranchLife::id)));
        roots.sort(
                Comparator.comparing((BranchLife b) -> !b.branch().isDefault())
                        .thenComparing(b -> b.branch().createdAt())
                        .thenComparing(BranchLife::id));
        roots.forEach(r -> add(r, 0, -1, new HashSet<>()));
        return drawn();
    }

    /// A branch that does not fit the filter gives its place to its children.
    private void add(BranchLife b, int depth, int parent, Set<String> above) {
        if (!above.add(b.id())) {
            return;
        }
        int its = parent;
        int below = depth;
        if (b == preview || look.fits(b, BranchLine.compute(computes.get(b.id()), now()), now())) {
            rows.add(new Row(b.id(), depth, b, List.of(), parent));
            its = rows.size() - 1;
            below = depth + 1;
        }
        for (var group : groups(children.getOrDefault(b.id(), List.of()), b.id()).entrySet()) {
            var members = group.getValue();
            if (group.getKey().isEmpty()) {
                for (var child : members) {
                    add(child, below, its, above);
                }
            } else {
                var fitting =
                        members.stream()
                                .filter(
                                        m ->
                                                look.fits(
                                                        m,
                                                        BranchLine.compute(
                                                                computes.get(m.id()), now()),
                                                        now()))
                                .toList();
                if (!fitting.isEmpty()) {
                    rows.add(new Row(group.getKey(), below, fitting.getFirst(), fitting, its));
                }
            }
        }
    }

    /// By the key of the fold; those that are not folded under the empty one.
    private Map<String, List<BranchLife>> groups(List<BranchLife> its, String parent) {
        if (look.fold() == Fold.NONE || !look.filter().isBlank()) {
            return Map.of("", its);
        }
        var byKind = new LinkedHashMap<String, List<BranchLife>>();
        for (var b : its) {
            var kind = look.fold() == Fold.TYPE ? b.type() : BranchLook.ownerWord(b);
            byKind.computeIfAbsent("fold %s/%s".formatted(parent, kind), _ -> new ArrayList<>())
                    .add(b);
        }
        var groups = new LinkedHashMap<String, List<BranchLife>>();
        byKind.forEach(
                (key, members) -> {
                    boolean fold =
                            members.size() >= FOLD_FROM
                                    && !look.unfolded().contains(key)
                                    && members.stream()
                                            .noneMatch(
                                                    m ->
                                                            m == preview
                                                                    || children.containsKey(
                                                                            m.id()));
                    if (fold) {
                        groups.put(key, members);
                    } else {
                        groups.computeIfAbsent("", _ -> new ArrayList<>()).addAll(members);
                    }
                });
        var single = groups.get("");
        if (single != null) {
            single.sort(
                    Comparator.comparing(BranchLife::forkedAt)
                            .reversed()
                            .thenComparing(BranchLife::id));
        }
        return groups;
    }

    private List<BranchLine> drawn() {
        var through = new ArrayList<List<Instant>>();
        var forks = new ArrayList<List<Instant>>();
        rows.forEach(
                _ -> {
                    through.add(new ArrayList<>());
                    forks.add(new ArrayList<>());
                });
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            if (row.parent() >= 0) {
                var fork = row.life().forkedAt();
                forks.get(row.parent()).add(fork);
                for (int r = row.parent() + 1; r < i; r++) {
                    through.get(r).add(fork);
                }
            }
        }
        var lines = new ArrayList<BranchLine>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var life = row.life();
            boolean fold = !row.folded().isEmpty();
            lines.add(
                    new BranchLine(
                            row.key(),
                            row.depth(),
                            life,
                            row.folded(),
                            life == preview,
                            List.copyOf(through.get(i)),
                            List.copyOf(forks.get(i)),
                            row.parent() >= 0,
                            fold ? null : computes.get(life.id()),
                            fold ? List.of() : active.getOrDefault(life.id(), List.of()),
                            skipped.getOrDefault(life.id(), List.of())));
        }
        return lines;
    }

    private Instant now() {
        return picture.now();
    }
}
