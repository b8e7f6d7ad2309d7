package io.lakebaseops.change.audit;

import static io.lakebaseops.testing.FileRights.assertOwnerOnly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.change.audit.AuditLog.AuditEntry;
import io.lakebaseops.change.audit.AuditLog.ChainState;
import io.lakebaseops.change.audit.AuditLog.ChainState.Broken;
import io.lakebaseops.change.audit.AuditLog.ChainState.Intact;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/// Somebody who owns the state database rewrites its audit chain; consoles with keys and memories
/// of their own look at it.
class AuditForgeryPgTest {
    private static final String FIRST = "0".repeat(64);

    private final Pg17.Database database = StateDatabases.fresh("forgery");
    @TempDir Path homes;
    private StateDb db;
    private final Archive archive = new Archive();

    private static final class Archive implements HeadArchive {
        final List<ChainHead> heads = new CopyOnWriteArrayList<>();

        @Override
        public void keep(ChainHead head) {
            heads.add(head);
        }

        @Override
        public List<ChainHead> kept() {
            return heads;
        }
    }

    @BeforeEach
    void open() {
        db = connect();
    }

    @AfterEach
    void close() {
        db.close();
    }

    private StateDb connect() {
        return StateDb.open(StateSettings.of(database.url(), Pg17.DBA, Pg17.DBA_PASSWORD));
    }

    private AuditChain console(String name) {
        return console(name, HeadArchive.none(), Clock.systemUTC());
    }

    private AuditChain console(String name, HeadArchive history, Clock clock) {
        var home = homes.resolve(name);
        var keys = AuditKeys.open(_ -> java.util.Optional.empty(), home.resolve("key"));
        return new AuditChain(db, keys, new HeadFile(home, "test"), history, clock);
    }

    private void append(AuditChain through, String actor, int entries) {
        for (int i = 1; i <= entries; i++) {
            int n = i;
            db.run(tx -> through.append(tx, "receipt", null, actor, Map.of("n", n)));
        }
    }

    private void owner(String sql) {
        database.asAdmin(
                "set search_path = lakebaseops; alter table audit_chain disable trigger all;"
                        + " alter table audit_head disable trigger all; "
                        + sql
                        + "; alter table audit_chain enable trigger all;"
                        + " alter table audit_head enable trigger all");
    }

    private static final String CUT_AND_SET_BACK =
            "delete from audit_chain where seq > 60; update audit_head set entries = 60, hash ="
                    + " (select hash from audit_chain where seq = 60)";
    private static final String WIPED =
            "delete from audit_chain; update audit_head set entries = 0, hash = repeat('0', 64)";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
"""
one actor changed       | 65 | update audit_chain set actor = 'innocent' where seq = 65
entry deleted           | 30 | delete from audit_chain where seq = 30
the last deleted        | 61 | delete from audit_chain where seq > 60
head row lost           | 69 | delete from audit_head
both truncated          | 1  | truncate audit_chain, audit_head
wiped                   | 1  | delete from audit_chain; update audit_head set entries = 0, hash = repeat('0', 64)
set back                | 61 | delete from audit_chain where seq > 60; update audit_head set entries = 60, hash = (select hash from audit_chain where seq = 60)
signature changed       | 40 | update audit_chain set signature = repeat('a', 64) where seq = 40
made an unsigned one    | 40 | update audit_chain set form = 1 where seq = 40
another key named       | 40 | update audit_chain set key_id = 'ffff' where seq = 40
another login named     | 40 | update audit_chain set login = 'eve' where seq = 40
""")
    void whatTheOwnerOfTheDatabaseDoesIsFound(String what, long seq, String sql) {
        var console = console("kim");
        append(console, "root", 35);
        append(console, "kim", 33);
        assertThat(console.verifyAll()).isInstanceOf(Intact.class);
        owner(sql);
        assertThat(console.verifyAll())
                .as(what)
                .isInstanceOfSatisfying(
                        Broken.class, b -> assertThat(b.seq()).as(b.why()).isEqualTo(seq));
    }

    @ParameterizedTest
    @ValueSource(strings = {CUT_AND_SET_BACK, WIPED})
    void aChainThatWasSetBackIsFoundHoweverFarItGrowsAgain(String sql) {
        var console = console("kim");
        append(console, "kim", 64);
        assertThat(console.verify()).isInstanceOf(Intact.class);
        append(console, "kim", 4);
        owner(sql);
        assertThat(console.verify()).isInstanceOf(Broken.class);
        // Also after a restart and after more entries than were cut off.
        var restarted = console("kim");
        append(restarted, "kim", 90);
        assertThat(restarted.verify()).isInstanceOf(Broken.class);
        assertThat(restarted.verifyAll())
                .isInstanceOfSatisfying(
                        Broken.class, b -> assertThat(b.why()).contains("written anew"));
    }

    @Test
    void whoWasNotThereFindsItInTheHistory() {
        var console = console("kim", archive, Clock.systemUTC());
        append(console, "kim", 68);
        assertThat(console.archiveHead()).isInstanceOf(Intact.class);
        owner(CUT_AND_SET_BACK);
        assertThat(console("new").verifyAll()).isInstanceOf(Intact.class);
        assertThat(console("other", archive, Clock.systemUTC()).verifyAll())
                .isInstanceOfSatisfying(
                        Broken.class,
                        b -> {
                            assertThat(b.seq()).isEqualTo(61);
                            assertThat(b.why()).contains("entry 68 was seen").contains("set back");
                        });
    }

    @Test
    void aRestoredBackupIsAcceptedByAPersonAndSaidInTheChain() {
        var console = console("kim", archive, Clock.systemUTC());
        var other = console("lee");
        append(console, "kim", 60);
        assertThat(console.archiveHead()).isInstanceOf(Intact.class);
        assertThat(console.restored()).isEmpty();
        append(console, "kim", 8);
        console.archiveHead();
        assertThat(other.verify()).isInstanceOf(Intact.class);
        owner(CUT_AND_SET_BACK);

        var copy = console.restored().orElseThrow();
        assertThat(copy.entries()).isEqualTo(60);
        assertThat(copy.kept()).isEqualTo(60);
        assertThat(copy.lost()).isEqualTo(68);
        var kim = Actor.human("kim");
        for (var refused :
                List.<Runnable>of(
                        () -> console.acceptRestored(Actor.agent("bot"), copy.head(), "why"),
                        () -> console.acceptRestored(kim, copy.head(), " "),
                        () -> console.acceptRestored(kim, FIRST, "why"))) {
            assertThatThrownBy(refused::run).isInstanceOf(OpsException.class);
        }
        assertThat(console.verify()).isInstanceOf(Broken.class);

        assertThat(console.acceptRestored(kim, copy.head(), "the disk failed"))
                .isInstanceOfSatisfying(
                        Intact.class,
                        i ->
                                assertThat(i.notes())
                                        .anyMatch(
                                                n ->
                                                        n.contains("entries 61 to 68")
                                                                && n.contains("kim accepted")
                                                                && n.contains("the disk failed")));
        assertThat(console.entries(1).getFirst())
                .satisfies(
                        e -> {
                            assertThat(e.kind()).isEqualTo("restored");
                            assertThat(e.actor()).isEqualTo("kim");
                        });
        assertThatThrownBy(() -> console.acceptRestored(kim, copy.head(), "again"))
                .hasMessageContaining("nothing seen earlier is missing");

        // It goes on, also past the entries that were lost and after a restart.
        append(console("kim"), "kim", 20);
        assertThat(console("kim", archive, Clock.systemUTC()).verifyAll())
                .isInstanceOf(Intact.class);
        // Whose key is unknown elsewhere explains nothing there: each console is asked once.
        assertThat(other.verifyAll()).isInstanceOf(Broken.class);
        var there = other.restored().orElseThrow();
        assertThat(other.acceptRestored(Actor.human("lee"), there.head(), "agreed"))
                .isInstanceOf(Intact.class);
        // What was seen since is not covered by it.
        owner(CUT_AND_SET_BACK.replace("60", "70"));
        assertThat(console.verifyAll()).isInstanceOf(Broken.class);
    }

    @Test
    void acceptingCoversNoAlteredEntry() {
        var console = console("kim");
        append(console, "kim", 68);
        owner(CUT_AND_SET_BACK + "; update audit_chain set actor = 'innocent' where seq = 9");
        var copy = console.restored().orElseThrow();
        assertThatThrownBy(
                        () -> console.acceptRestored(Actor.human("kim"), copy.head(), "restored"))
                .hasMessageContaining("entry 9");
        assertThat(console.entries(1).getFirst().seq()).isEqualTo(60);
    }

    @Test
    void aRecomputedChainIsFoundByItsSignaturesAndByMemory() throws Exception {
        var console = console("kim");
        append(console, "root", 35);
        append(console, "kim", 33);
        rewrite(console, e -> with(e, "root".equals(e.actor()) ? "innocent" : e.actor()), true);
        var sameKeyNoMemory = console("kim");
        Files.delete(heads("kim"));
        assertThat(sameKeyNoMemory.verifyAll())
                .isInstanceOfSatisfying(
                        Broken.class,
                        b -> {
                            assertThat(b.seq()).isEqualTo(1);
                            assertThat(b.why()).contains("signature does not fit");
                        });
    }

    @Test
    void aRecomputedChainUnderAnInventedKeyIsFoundByMemoryAndNotedElsewhere() throws Exception {
        var console = console("kim");
        append(console, "root", 20);
        assertThat(console.verify()).isInstanceOf(Intact.class);
        var eve = AuditKeys.of(new byte[32]);
        rewrite(console, e -> under(with(e, "innocent"), eve), false);
        assertThat(console.verifyAll())
                .isInstanceOfSatisfying(
                        Broken.class, b -> assertThat(b.why()).contains("written anew"));
        assertThat(console("new").verifyAll())
                .isInstanceOfSatisfying(
                        Intact.class,
                        i ->
                                assertThat(i.notes().toString())
                                        .contains("20 entries are signed with keys unknown here")
                                        .contains("no earlier end"));
    }

    @Test
    void aPlainChainOfAnEarlierVersionStaysReadableAndCannotFollowASignedOne() throws Exception {
        var console = console("kim");
        append(console, "kim", 3);
        rewrite(console, e -> plain(e), false);
        Files.delete(heads("kim"));
        append(console, "kim", 2);
        assertThat(console.verifyAll())
                .isInstanceOfSatisfying(
                        Intact.class,
                        i ->
                                assertThat(i.notes().getFirst())
                                        .startsWith("3 entries of an earlier version"));
        rewrite(console, e -> e.seq() < 5 ? e : plain(e), false);
        assertThat(console("new").verifyAll())
                .isEqualTo(new Broken(5, "it has no signature although earlier entries have one"));
    }

    @Test
    void threeConsolesWithKeysOfTheirOwnAppendAtOnceToOneChain() throws Exception {
        var consoles = List.of(console("a"), console("b"), console("c"));
        try (var threads = Executors.newFixedThreadPool(6)) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 90; i++) {
                var console = consoles.get(i % 3);
                tasks.add(
                        () ->
                                db.tx(
                                        tx -> {
                                            console.append(tx, "x", null, "kim", Map.of());
                                            return true;
                                        }));
            }
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
        for (var console : consoles) {
            assertThat(console.verifyAll())
                    .isInstanceOfSatisfying(
                            Intact.class,
                            i -> {
                                assertThat(i.entries()).isEqualTo(90);
                                assertThat(i.notes().toString())
                                        .contains("60 entries are signed with keys unknown here");
                            });
        }
    }

    @Test
    void aTeamThatSharesItsKeyChecksEverySignature() {
        var secret = "0123456789abcdef0123456789abcdef";
        var alone = console("kim");
        append(alone, "kim", 2);
        var team = List.of(shared("kim", secret), shared("lee", secret));
        append(team.getFirst(), "kim", 2);
        append(team.getLast(), "lee", 2);
        assertThat(notes(team.getFirst().verifyAll())).doesNotContain("unknown");
        assertThat(notes(team.getLast().verifyAll())).contains("2 entries are signed with keys");
        assertThatThrownBy(() -> shared("max", "too short"))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("fewer than 32")
                .message()
                .doesNotContain("too short");
    }

    private AuditChain shared(String name, String secret) {
        var home = homes.resolve(name);
        var keys =
                AuditKeys.open(
                        n -> java.util.Optional.of(n).filter("audit_key"::equals).map(_ -> secret),
                        home.resolve("key"));
        return new AuditChain(
                db, keys, new HeadFile(home, "test"), HeadArchive.none(), Clock.systemUTC());
    }

    private static String notes(ChainState state) {
        assertThat(state).isInstanceOf(Intact.class);
        return ((Intact) state).notes().toString();
    }

    @Test
    void theKeyIsForItsOwnerOnly() throws Exception {
        append(console("kim"), "kim", 1);
        assertOwnerOnly(homes.resolve("kim/key"));
    }

    @Test
    void timeThatGoesBackIsNoted() {
        append(console("kim"), "kim", 2);
        var behind = Clock.offset(Clock.systemUTC(), Duration.ofDays(-2));
        append(console("lee", HeadArchive.none(), behind), "lee", 1);
        assertThat(notes(console("kim").verifyAll()))
                .contains("entry 3 is dated")
                .contains("before");
    }

    @Test
    void goingOnChecksOnlyWhatIsNewAndSaysSo() {
        var console = console("kim");
        append(console, "kim", 30);
        assertThat(console.verify()).isInstanceOf(Intact.class);
        append(console, "kim", 5);
        assertThat(notes(console.verify())).contains("checked from entry 30 on");
        owner("update audit_chain set actor = 'eve' where seq = 10");
        assertThat(console.verify()).isInstanceOf(Intact.class);
        assertThat(console.verifyAll())
                .isEqualTo(new Broken(10, "its content is not what was written"));
        append(console, "kim", 2);
        owner("update audit_chain set actor = 'eve' where seq = 36");
        assertThat(console.verify()).isInstanceOf(Broken.class);
    }

    @Test
    void verifyingDoesNotHoldUpWhoeverAppends() throws Exception {
        var console = console("kim");
        append(console, "kim", 3);
        try (var other = connection();
                var turn = other.createStatement()) {
            other.setAutoCommit(false);
            turn.execute("select pg_advisory_xact_lock(hashtextextended('lakebaseops/audit', 0))");
            assertThat(console.verifyAll()).isInstanceOf(Intact.class);
        }
    }

    @Test
    void aChainWithoutItsHeadRefusesEntriesInWords() {
        var console = console("kim");
        append(console, "kim", 3);
        owner("delete from audit_head");
        assertThat(console.verify()).isEqualTo(new Broken(4, "the chain has lost its head row"));
        assertThatThrownBy(() -> append(console, "kim", 1))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("lost its head row");
    }

    @Test
    void entriesOlderThanAYearGoAndTheRestCanStillBeVerified() {
        var start = Instant.now().minus(Duration.ofDays(800));
        var archived = console("kim", archive, at(start));
        append(archived, "kim", 10);
        archived.archiveHead();
        append(console("kim", archive, at(start.plus(Duration.ofDays(100)))), "kim", 10);
        var now = console("kim", archive, Clock.systemUTC());
        append(now, "kim", 5);
        assertThat(now.shorten("policy")).isEqualTo(20);
        assertThat(now.entries(100))
                .hasSize(6)
                .first()
                .extracting(AuditEntry::kind)
                .isEqualTo("shortened");
        assertThat(notes(now.verifyAll())).contains("entries up to 20 were removed");
        append(now, "kim", 3);
        assertThat(notes(console("new").verifyAll())).contains("entries up to 20 were removed");
        assertThat(now.shorten("policy")).isZero();

        owner("delete from audit_chain where seq = 21");
        assertThat(console("new").verifyAll())
                .isInstanceOfSatisfying(
                        Broken.class, b -> assertThat(b.why()).contains("no signed entry says"));
    }

    @Test
    void aMemoryThatCannotBeReadIsSaidAndOneOfTheHistoryIsNoted() throws Exception {
        var console = console("kim");
        append(console, "kim", 3);
        var lost =
                new HeadArchive() {
                    @Override
                    public void keep(ChainHead head) {
                        throw new AssertionError("nothing is kept here");
                    }

                    @Override
                    public List<ChainHead> kept() {
                        throw new OpsException(
                                OpsException.Kind.UNREACHABLE, "Read", "it is away", "");
                    }
                };
        assertThat(notes(console("kim", lost, Clock.systemUTC()).verifyAll()))
                .contains("not compared with the ends kept in the history");
        Files.writeString(heads("kim"), "{");
        assertThat(console.verify())
                .isInstanceOfSatisfying(
                        Broken.class, b -> assertThat(b.why()).contains("cannot be read"));
    }

    @Test
    void aBrokenChainIsNotShortened() {
        append(
                console("kim", HeadArchive.none(), at(Instant.now().minus(Duration.ofDays(400)))),
                "kim",
                10);
        append(console("kim"), "kim", 2);
        owner("update audit_chain set actor = 'eve' where seq = 4");
        assertThat(console("kim").shorten("policy")).isZero();
        assertThat(console("kim").entries(100)).hasSize(12);
    }

    private static Clock at(Instant moment) {
        return Clock.fixed(moment, java.time.ZoneOffset.UTC);
    }

    private Path heads(String name) throws Exception {
        try (var files = Files.list(homes.resolve(name))) {
            return files.filter(f -> f.toString().endsWith(".json")).findFirst().orElseThrow();
        }
    }

    private java.sql.Connection connection() throws SQLException {
        return DriverManager.getConnection(database.url(), Pg17.DBA, Pg17.DBA_PASSWORD);
    }

    /// Writes every entry anew with hashes that fit, as somebody who owns the database can.
    ///
    /// @param keepSignatures leaves the signatures as they were
    private void rewrite(AuditChain chain, UnaryOperator<AuditEntry> change, boolean keepSignatures)
            throws SQLException {
        var entries = new ArrayList<>(chain.entries(1000));
        entries.sort(Comparator.comparingLong(AuditEntry::seq));
        var before = FIRST;
        owner("update audit_chain set seq = seq");
        try (var c = connection();
                var guards = c.createStatement();
                var update =
                        c.prepareStatement(
                                "update lakebaseops.audit_chain set actor = ?, previous_hash = ?,"
                                        + " hash = ?, form = ?, key_id = ?, signature = ?, login = ?"
                                        + " where seq = ?")) {
            guards.execute("alter table lakebaseops.audit_chain disable trigger user");
            guards.execute("alter table lakebaseops.audit_head disable trigger user");
            for (var entry : entries) {
                var e = change.apply(follow(entry, before));
                before = EntryHash.of(e);
                update.setString(1, e.actor());
                update.setString(2, e.previousHash());
                update.setString(3, before);
                update.setInt(4, e.form());
                update.setString(5, e.keyId());
                update.setString(6, keepSignatures ? entry.signature() : resigned(e, before));
                update.setString(7, e.login());
                update.setLong(8, e.seq());
                update.executeUpdate();
            }
            guards.execute("update lakebaseops.audit_head set hash = '" + before + "'");
            guards.execute("alter table lakebaseops.audit_chain enable trigger user");
            guards.execute("alter table lakebaseops.audit_head enable trigger user");
        }
    }

    private static String resigned(AuditEntry e, String hash) {
        var eve = AuditKeys.of(new byte[32]);
        return e.form() == EntryHash.PLAIN
                ? null
                : eve.currentId().equals(e.keyId()) ? eve.sign(hash) : e.signature();
    }

    private static AuditEntry follow(AuditEntry e, String before) {
        return new AuditEntry(
                e.seq(),
                e.at(),
                e.kind(),
                e.planId(),
                e.actor(),
                e.body(),
                before,
                "",
                e.form(),
                e.login(),
                e.keyId(),
                e.signature());
    }

    private static AuditEntry with(AuditEntry e, String actor) {
        return new AuditEntry(
                e.seq(),
                e.at(),
                e.kind(),
                e.planId(),
                actor,
                e.body(),
                e.previousHash(),
                "",
                e.form(),
                e.login(),
                e.keyId(),
                e.signature());
    }

    private static AuditEntry under(AuditEntry e, AuditKeys keys) {
        return new AuditEntry(
                e.seq(),
                e.at(),
                e.kind(),
                e.planId(),
                e.actor(),
                e.body(),
                e.previousHash(),
                "",
                e.form(),
                e.login(),
                keys.currentId(),
                "");
    }

    private static AuditEntry plain(AuditEntry e) {
        return new AuditEntry(
                e.seq(),
                e.at(),
                e.kind(),
                e.planId(),
                e.actor(),
                e.body(),
                e.previousHash(),
                "",
                EntryHash.PLAIN,
                null,
                null,
                null);
    }
}
