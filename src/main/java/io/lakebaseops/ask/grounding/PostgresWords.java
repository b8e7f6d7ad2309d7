package io.lakebaseops.ask.grounding;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// What every PostgreSQL knows by name: the words of its language, its views and its files. They
/// are no names of a server's own objects.
final class PostgresWords {
    private static final Set<String> KEYWORDS =
            words(
                    """
                    abort access action add admin after all alter always analyze and any array as asc \
                    at authorization autovacuum before begin between bigint boolean both btree buffers \
                    by cascade case cast char character check checkpoint cluster coalesce collate \
                    column comment commit concurrently conflict connection constraint copy cost costs \
                    create cross current current_date current_timestamp database date deallocate \
                    default deferrable delete desc distinct do domain double drop else enable end enum \
                    escape except exclusion exclude execute exists explain extension false fetch filter \
                    first following for force foreign format freeze from full function generated gin \
                    gist global grant group having hash if ilike immediate in include increment index \
                    inherit initially inner insert int integer intersect interval into invalid is join \
                    json jsonb key language last lateral left level like limit local lock locked \
                    maintain match materialized merge minvalue maxvalue mode name natural next no not \
                    nothing notify nowait null nulls numeric of off offset on only option or order \
                    outer over partition password period plan policy preceding precision prepare \
                    primary privileges procedure public publication range read real recursive refresh \
                    references reindex release rename replace replica reset restart restrict returning \
                    revoke right role rollback row rows savepoint scan schema security select sequence \
                    serial session set share show skip smallint some statement statistics storage \
                    subscription superuser system table tablespace temporary text then time timestamp \
                    timestamptz timing to transaction trigger true truncate type unbounded union unique \
                    unlogged until update using uuid vacuum valid validate value values varchar varying \
                    verbose view wal when where window with without work write zone brin spgist count \
                    sum avg min max now""");

    private static final Set<String> CATALOG =
            words(
                    """
                    pg_catalog information_schema pg_stat_activity pg_stat_all_tables \
                    pg_stat_user_tables pg_stat_all_indexes pg_stat_user_indexes pg_stat_statements \
                    pg_stat_database pg_stat_replication pg_stat_bgwriter pg_stat_checkpointer \
                    pg_stat_io pg_stat_wal pg_stat_progress_vacuum pg_stat_progress_create_index \
                    pg_statio_user_tables pg_statio_user_indexes pg_locks pg_class pg_index pg_indexes \
                    pg_tables pg_stats pg_statistic pg_settings pg_roles pg_database pg_namespace \
                    pg_attribute pg_constraint pg_proc pg_extension pg_replication_slots \
                    pg_prepared_xacts pg_sequences pg_stat_reset pg_blocking_pids \
                    pg_terminate_backend pg_cancel_backend pg_total_relation_size pg_relation_size \
                    pg_size_pretty pg_hba postgresql.conf pg_hba.conf auto_explain pg_toast""");

    private PostgresWords() {}

    private static Set<String> words(String text) {
        var words = new TreeSet<String>();
        for (var word : text.split("\\s+")) {
            words.add(word);
        }
        return words;
    }

    static boolean keyword(String word) {
        return KEYWORDS.contains(word.toLowerCase(Locale.ROOT));
    }

    static boolean catalog(String name) {
        return CATALOG.contains(name.toLowerCase(Locale.ROOT));
    }
}
