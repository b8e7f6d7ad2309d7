package io.lakebaseops.console.fleet;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.fleet.FleetSnapshot.Verdict;
import io.lakebaseops.console.parts.Role;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The verdict of the fleet in one sentence.
final class FleetVerdict {
    /// Names in the sentence; the rest is on the cards.
    private static final int NAMED = 2;

    private FleetVerdict() {}

    static Verdict of(FleetSnapshot fleet) {
        var counts = new ArrayList<String>();
        int all = fleet.cards().size();
        int critical = fleet.count(FleetState.CRITICAL);
        int blind = fleet.count(FleetState.NOT_WATCHED);
        int warning = fleet.count(FleetState.WARNING);
        if (critical > 0) {
            counts.add(
                    Texts.of(
                            "%d of %d %s critical",
                            critical, all, critical == 1 ? Texts.of("is") : Texts.of("are")));
        }
        if (blind > 0) {
            counts.add(
                    counts.isEmpty()
                            ? Texts.of("%d of %d cannot be watched", blind, all)
                            : Texts.of("%d cannot be watched", blind));
        }
        if (counts.isEmpty() && warning > 0) {
            counts.add(
                    Texts.of(
                            "%d of %d %s",
                            warning, all, warning == 1 ? Texts.of("warns") : Texts.of("warn")));
        }
        if (counts.isEmpty()) {
            return calm(fleet);
        }
        var first = first(fleet);
        var sentence =
                Texts.of(
                        "%s. First: %s.",
                        String.join(", ", counts),
                        String.join("; ", first.stream().map(FleetVerdict::words).toList()));
        return new Verdict(
                critical + blind > 0 ? Role.CRITICAL : Role.WARNING,
                sentence,
                first.stream().map(ServerCard::fullName).toList());
    }

    private static Verdict calm(FleetSnapshot fleet) {
        int live = fleet.live();
        int pending = fleet.count(FleetState.PENDING);
        int asleep = fleet.count(FleetState.ASLEEP);
        var rest = new ArrayList<String>();
        if (pending > 0) {
            rest.add(Texts.of("%s not measured yet", pending));
        }
        if (asleep > 0) {
            rest.add(Texts.of("%s asleep", asleep));
        }
        var others = rest.isEmpty() ? "." : "; " + String.join(", ", rest) + ".";
        if (live == 0) {
            return new Verdict(
                    Role.MUTED,
                    pending == 0
                            ? Texts.of("All %s are asleep.", asleep)
                            : Texts.of("Nothing is measured yet."),
                    List.of());
        }
        return new Verdict(
                pending > 0 ? Role.MUTED : Role.OK,
                Texts.of("All is well on %s", Texts.count(live, "server")) + others,
                List.of());
    }

    /// One that is critical and one that is not watched, before two of a kind.
    private static List<ServerCard> first(FleetSnapshot fleet) {
        var bad =
                fleet.cards().stream()
                        .filter(c -> c.state().ordinal() <= FleetState.WARNING.ordinal())
                        .sorted(worstFirst())
                        .toList();
        var first = new ArrayList<ServerCard>();
        bad.stream().findFirst().ifPresent(first::add);
        bad.stream()
                .filter(c -> c.state().needsYou() && c.state() != first.getFirst().state())
                .findFirst()
                .ifPresent(first::add);
        bad.stream()
                .filter(c -> !first.contains(c) && c.state() == bad.getFirst().state())
                .limit(Math.max(0, NAMED - first.size()))
                .forEach(first::add);
        return first;
    }

    private static Comparator<ServerCard> worstFirst() {
        return Comparator.comparing(ServerCard::state)
                .thenComparing(
                        Comparator.comparingDouble(
                                        (ServerCard c) -> c.worst().map(Light::badness).orElse(0.0))
                                .reversed())
                .thenComparing(ServerCard::fullName);
    }

    private static String words(ServerCard card) {
        var worst = card.worst();
        if (card.state() == FleetState.NOT_WATCHED || worst.isEmpty()) {
            return card.fullName() + ": " + lower(card.words());
        }
        var sentence = worst.get().sentence();
        return card.fullName() + ": " + (sentence.isEmpty() ? worst.get().words() : sentence);
    }

    private static String lower(String words) {
        return words.startsWith("PostgreSQL")
                ? words
                : Character.toLowerCase(words.charAt(0)) + words.substring(1);
    }
}
