package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.branching.BranchLife;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.agents.provisioning.branching.LifeEvent;
import io.lakebaseops.agents.provisioning.branching.ProjectBranches;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The first sentence of the branches screen: what needs somebody, then how many branches there
/// are.
record BranchesVerdict(Role role, String sentence, List<String> strong) {
    private static final Set<String> SOUND = Set.of("READY", "ARCHIVED");

    BranchesVerdict {
        strong = List.copyOf(strong);
    }

    static BranchesVerdict of(BranchesSnapshot p, BranchPolicy.Limits limits) {
        var project = p.project();
        if (project == null) {
            return new BranchesVerdict(
                    Role.MUTED,
                    Texts.of(
                            "This PostgreSQL server has no branches: they need Lakebase or Local Lakebase."),
                    List.of());
        }
        var count = count(project) + ending(p);
        double share = project.limit() == 0 ? 1 : (double) project.used() / project.limit();
        if (share >= limits.criticalShare()) {
            return new BranchesVerdict(
                    project.used() >= project.limit() ? Role.CRITICAL : Role.WARNING,
                    project.used() >= project.limit()
                            ? Texts.of("No branch can be created: %s", count)
                            : Texts.of("Nearly all branches are in use: %s", count),
                    List.of());
        }
        var unsound =
                p.branches().stream().filter(b -> !SOUND.contains(b.branch().state())).findFirst();
        if (unsound.isPresent()) {
            var b = unsound.get();
            return new BranchesVerdict(
                    Role.WARNING,
                    Texts.of("%s is in state %s. %s", b.id(), b.branch().state(), count),
                    List.of(b.id()));
        }
        var newest = p.skipped().stream().findFirst();
        if (newest.isPresent() && p.find(newest.get().branch()).isPresent()) {
            return skipped(p, newest.get(), count);
        }
        if (project.branches().size() == 1) {
            return new BranchesVerdict(
                    Role.OK, Texts.of("Only %s.", first(project).id()), List.of());
        }
        return new BranchesVerdict(Role.OK, count, List.of());
    }

    private static BranchLife first(ProjectBranches project) {
        return project.branches().getFirst();
    }

    /// A branch that is reset every night and was not falls behind its parent.
    private static BranchesVerdict skipped(BranchesSnapshot p, LifeEvent newest, String count) {
        long times = p.skipped().stream().filter(e -> e.branch().equals(newest.branch())).count();
        var life = p.find(newest.branch()).orElseThrow();
        var behind = Duration.between(life.forkedAt(), p.now());
        return new BranchesVerdict(
                Role.WARNING,
                Texts.of(
                        "%s is %s behind %s: its reset was skipped%s, because %s. %s",
                        life.id(),
                        Format.briefly(behind),
                        life.branch().source(),
                        times == 1 ? "" : Texts.of(" %s times", times),
                        newest.reason(),
                        count),
                List.of(life.id()));
    }

    private static String count(ProjectBranches project) {
        return Texts.of("%d of %d branches", project.used(), project.limit());
    }

    private static String ending(BranchesSnapshot p) {
        var soon = new ArrayList<>(p.ending(Duration.ofHours(1)));
        return switch (soon.size()) {
            case 0 -> ".";
            case 1 -> Texts.of("; %s ends within the hour.", soon.getFirst().id());
            default -> Texts.of("; %s end within the hour.", soon.size());
        };
    }
}
