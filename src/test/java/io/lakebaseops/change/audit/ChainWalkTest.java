package io.lakebaseops.change.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.change.audit.AuditLog.AuditEntry;
import io.lakebaseops.change.audit.AuditLog.ChainState.Broken;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The links of the chain, made and walked without a database.
final class ChainWalkTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final UUID PLAN = UUID.fromString("00000000-0000-0000-0000-00000000000a");

    private final AuditKeys keys =
            AuditKeys.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private final AuditKeys others =
            AuditKeys.of("fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.UTF_8));

    private static EntrySigner.End start() {
        return new EntrySigner.End(0, EntryHash.FIRST, "dba");
    }

    private static List<AuditChain.Draft> drafts(int n) {
        var drafts = new ArrayList<AuditChain.Draft>();
        for (int i = 1; i <= n; i++) {
            drafts.add(new AuditChain.Draft("filed", i == 2 ? PLAN : null, "kim", Map.of("n", i)));
        }
        return drafts;
    }

    private List<AuditEntry> entries(int n) {
        return new EntrySigner(keys).follow(start(), NOON, drafts(n));
    }

    private Optional<Broken> walk(ChainWalk walk, List<AuditEntry> entries) {
        for (var entry : entries) {
            var broken = walk.next(entry);
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private Optional<Broken> walk(List<AuditEntry> entries) {
        return walk(new ChainWalk(keys, List.of(), 0, EntryHash.FIRST), entries);
    }

    @Test
    void entriesAreNumberedOnLinkedAndSigned() {
        var entries = entries(3);
        assertThat(entries).extracting(AuditEntry::seq).containsExactly(1L, 2L, 3L);
        assertThat(entries.getFirst().previousHash()).isEqualTo(EntryHash.FIRST);
        assertThat(entries.get(2).previousHash()).isEqualTo(entries.get(1).hash());
        assertThat(entries)
                .allSatisfy(
                        e -> {
                            assertThat(e.hash()).isEqualTo(EntryHash.of(e));
                            assertThat(e.form()).isEqualTo(EntryHash.SIGNED);
                            assertThat(e.login()).isEqualTo("dba");
                            assertThat(e.at()).isEqualTo(NOON);
                            assertThat(e.keyId()).isEqualTo(keys.currentId());
                            assertThat(keys.fits(e.keyId(), e.hash(), e.signature()))
                                    .contains(true);
                        });
        assertThat(entries.get(1).planId()).isEqualTo(PLAN);
        assertThat(entries.get(1).body()).isEqualTo("{\"n\":2}");
    }

    /// One batch makes the chain that one entry at a time makes.
    @Test
    void aBatchIsTheSameAsOneByOne() {
        var signer = new EntrySigner(keys);
        var end = start();
        var single = new ArrayList<AuditEntry>();
        for (var draft : drafts(4)) {
            var entry = signer.follow(end, NOON, List.of(draft)).getFirst();
            single.add(entry);
            end = new EntrySigner.End(entry.seq(), entry.hash(), "dba");
        }
        assertThat(entries(4)).isEqualTo(single);
    }

    /// Written out once more: in every later version the hash must come out the same.
    @Test
    void theHashIsOfTheseParts() throws Exception {
        var e = entries(1).getFirst();
        assertThat(EntryHash.of(with(e, 1, NOON, "filed", PLAN, "kim", "{}", 2, "p")))
                .isEqualTo(
                        sha256(
                                "form 2",
                                "dba",
                                keys.currentId(),
                                "p",
                                "1",
                                NOON.toString(),
                                "filed",
                                PLAN.toString(),
                                "kim",
                                "{}"));
        assertThat(EntryHash.of(with(e, 1, NOON, "filed", null, "kim", "{}", 1, "p")))
                .isEqualTo(sha256("p", "1", NOON.toString(), "filed", "null", "kim", "{}"));
        assertThatThrownBy(() -> EntryHash.of(with(e, 1, NOON, "filed", PLAN, "kim", "{}", 3, "p")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String sha256(String... parts) throws Exception {
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(part.length()).append(':').append(part);
        }
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everythingAnEntrySaysIsUnderItsHash() {
        var e = entries(1).getFirst();
        var same = with(e, 1, NOON, "filed", PLAN, "kim", "{}", 2, "p");
        assertThat(
                        List.of(
                                with(e, 2, NOON, "filed", PLAN, "kim", "{}", 2, "p"),
                                with(
                                        e,
                                        1,
                                        NOON.plusNanos(1000),
                                        "filed",
                                        PLAN,
                                        "kim",
                                        "{}",
                                        2,
                                        "p"),
                                with(e, 1, NOON, "decision", PLAN, "kim", "{}", 2, "p"),
                                with(e, 1, NOON, "filed", null, "kim", "{}", 2, "p"),
                                with(e, 1, NOON, "filed", PLAN, "eve", "{}", 2, "p"),
                                with(e, 1, NOON, "filed", PLAN, "kim", "{ }", 2, "p"),
                                with(e, 1, NOON, "filed", PLAN, "kim", "{}", 2, "q"),
                                with(e, 1, NOON, "filed", PLAN, "kim", "{}", 1, "p")))
                .extracting(EntryHash::of)
                .doesNotContain(EntryHash.of(same))
                .doesNotHaveDuplicates();
    }

    private static AuditEntry with(
            AuditEntry e,
            long seq,
            Instant at,
            String kind,
            @Nullable UUID plan,
            String actor,
            String body,
            int form,
            String previous) {
        return new AuditEntry(
                seq,
                at,
                kind,
                plan,
                actor,
                body,
                previous,
                e.hash(),
                form,
                e.login(),
                e.keyId(),
                e.signature());
    }

    @Test
    void aWholeChainIsWalkedToItsEnd() {
        var walk = new ChainWalk(keys, List.of(), 0, EntryHash.FIRST);
        var entries = entries(5);
        assertThat(walk(walk, entries)).isEmpty();
        assertThat(walk.seq()).isEqualTo(5);
        assertThat(walk.hash()).contains(entries.getLast().hash());
        assertThat(walk.plans()).containsExactly(PLAN);
        assertThat(walk.notes()).isEmpty();
    }

    @Test
    void aMissingMovedOrAlteredEntryIsNamed() {
        var entries = entries(5);
        assertThat(walk(without(entries, 2)))
                .hasValueSatisfying(b -> assertThat(b.seq()).isEqualTo(3))
                .hasValueSatisfying(b -> assertThat(b.why()).contains("entry 3 is missing"));
        var altered = new ArrayList<>(entries);
        var e = entries.get(3);
        altered.set(
                3, with(e, 4, NOON, e.kind(), e.planId(), "eve", e.body(), 2, e.previousHash()));
        assertThat(walk(altered))
                .hasValueSatisfying(b -> assertThat(b.seq()).isEqualTo(4))
                .hasValueSatisfying(b -> assertThat(b.why()).contains("not what was written"));
        altered.set(3, with(e, 4, NOON, e.kind(), e.planId(), "kim", e.body(), 2, "x"));
        assertThat(walk(altered))
                .hasValueSatisfying(b -> assertThat(b.why()).contains("does not follow"));
        altered.set(
                3, with(e, 4, NOON, e.kind(), e.planId(), "kim", e.body(), 9, e.previousHash()));
        assertThat(walk(altered)).hasValueSatisfying(b -> assertThat(b.why()).contains("form 9"));
    }

    private static List<AuditEntry> without(Collection<AuditEntry> entries, int at) {
        var rest = new ArrayList<>(entries);
        rest.remove(at);
        return rest;
    }

    /// Whoever recomputes all hashes lacks the key.
    @Test
    void aChainWrittenAnewWithoutTheKeyIsBroken() {
        var forged = new ArrayList<AuditEntry>();
        for (var e : new EntrySigner(others).follow(start(), NOON, drafts(2))) {
            var claimed =
                    new AuditEntry(
                            e.seq(),
                            e.at(),
                            e.kind(),
                            e.planId(),
                            e.actor(),
                            e.body(),
                            forged.isEmpty() ? EntryHash.FIRST : forged.getLast().hash(),
                            "",
                            2,
                            e.login(),
                            keys.currentId(),
                            e.signature());
            forged.add(hashed(claimed));
        }
        assertThat(walk(forged))
                .hasValueSatisfying(b -> assertThat(b.seq()).isEqualTo(1))
                .hasValueSatisfying(b -> assertThat(b.why()).contains("signature does not fit"));
    }

    private static AuditEntry hashed(AuditEntry e) {
        return new AuditEntry(
                e.seq(),
                e.at(),
                e.kind(),
                e.planId(),
                e.actor(),
                e.body(),
                e.previousHash(),
                EntryHash.of(e),
                e.form(),
                e.login(),
                e.keyId(),
                e.signature());
    }

    @Test
    void anEntryOfAKeyNobodyKnowsHereIsNoted() {
        var walk = new ChainWalk(keys, List.of(), 0, EntryHash.FIRST);
        assertThat(walk(walk, new EntrySigner(others).follow(start(), NOON, drafts(2)))).isEmpty();
        assertThat(walk.notes())
                .singleElement()
                .asString()
                .contains("2 entries are signed with keys unknown here (" + others.currentId());
    }

    @Test
    void unsignedEntriesMayOnlyComeFirst() {
        var plain = new ArrayList<AuditEntry>();
        var previous = EntryHash.FIRST;
        for (var e : entries(2)) {
            var old =
                    hashed(
                            new AuditEntry(
                                    e.seq(),
                                    e.at(),
                                    e.kind(),
                                    e.planId(),
                                    e.actor(),
                                    e.body(),
                                    previous,
                                    "",
                                    EntryHash.PLAIN,
                                    null,
                                    null,
                                    null));
            plain.add(old);
            previous = old.hash();
        }
        var walk = new ChainWalk(keys, List.of(), 0, EntryHash.FIRST);
        assertThat(walk(walk, plain)).isEmpty();
        assertThat(walk.notes())
                .singleElement()
                .asString()
                .contains("2 entries of an earlier version have no signature");
        var signed =
                new EntrySigner(keys)
                        .follow(new EntrySigner.End(2, previous, "dba"), NOON, drafts(1));
        assertThat(walk(walk, signed)).isEmpty();
        var after =
                hashed(
                        new AuditEntry(
                                4,
                                NOON,
                                "x",
                                null,
                                "kim",
                                "{}",
                                signed.getFirst().hash(),
                                "",
                                EntryHash.PLAIN,
                                null,
                                null,
                                null));
        assertThat(walk.next(after))
                .hasValueSatisfying(b -> assertThat(b.why()).contains("no signature although"));
    }

    @Test
    void whatWasSeenAtAPlaceMustStillStandThere() {
        var entries = entries(3);
        var seen = new ChainHead(2, entries.get(1).hash(), NOON);
        assertThat(walk(new ChainWalk(keys, List.of(seen), 0, EntryHash.FIRST), entries)).isEmpty();
        var other = new ChainHead(2, "0".repeat(64), NOON);
        assertThat(walk(new ChainWalk(keys, List.of(seen, other), 0, EntryHash.FIRST), entries))
                .hasValueSatisfying(b -> assertThat(b.seq()).isEqualTo(2))
                .hasValueSatisfying(b -> assertThat(b.why()).contains("was written anew"));
    }

    @Test
    void aWalkGoesOnFromAnEntrySeenBefore() {
        var entries = entries(4);
        assertThat(walk(new ChainWalk(keys, List.of(), 2, null), entries.subList(2, 4))).isEmpty();
        assertThat(walk(new ChainWalk(keys, List.of(), 1, null), entries.subList(2, 4)))
                .isPresent();
    }

    @Test
    void datesThatGoBackAreNotedAndNotMany() {
        var end = start();
        var entries = new ArrayList<AuditEntry>();
        var signer = new EntrySigner(keys);
        for (int i = 0; i < 9; i++) {
            var back =
                    i == 1
                            ? Duration.ofSeconds(5)
                            : Duration.ofSeconds(5).plusMillis(i > 1 ? 1 : 0);
            var at = i == 0 ? NOON : entries.getLast().at().minus(back);
            var entry = signer.follow(end, at, drafts(1)).getFirst();
            entries.add(entry);
            end = new EntrySigner.End(entry.seq(), entry.hash(), "dba");
        }
        var walk = new ChainWalk(keys, List.of(), 0, EntryHash.FIRST);
        assertThat(walk(walk, entries)).isEmpty();
        assertThat(walk.notes()).hasSize(6);
        assertThat(walk.notes().getFirst()).contains("entry 3 is dated").contains("before entry 2");
        assertThat(walk.notes().getLast()).isEqualTo("2 more dates go back");
    }
}
