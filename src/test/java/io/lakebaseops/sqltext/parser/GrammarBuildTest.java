package io.lakebaseops.sqltext.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.types.OpCode;

import io.lakebaseops.sqltext.wasm.LibPgQuery;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.TreeSet;

final class GrammarBuildTest {
    private static final String SHA256 =
            "06fbfc24bcc98298770019a0bc4b715726a6b8fdbf1fcc1a4476a77512b000ac";

    @Test
    void the_wasm_is_the_one_that_was_read_and_tried() throws Exception {
        var bytes = Files.readAllBytes(Path.of("src/main/wasm/libpg-query.wasm"));
        var found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertThat(found).isEqualTo(SHA256).isEqualTo(GrammarBuild.load().sha256());
    }

    /// The build keeps the bodies of the functions it was told to interpret and strips all others.
    @Test
    void the_interpreted_functions_are_those_the_build_left_out() {
        var module = LibPgQuery.load();
        var kept = new TreeSet<Integer>();
        int imports = module.importSection().importCount();
        for (int i = 0; i < module.codeSection().functionBodyCount(); i++) {
            var body = module.codeSection().getFunctionBody(i).instructions();
            if (body.getFirst().opcode() != OpCode.UNREACHABLE) {
                kept.add(imports + i);
            }
        }
        assertThat(kept).isEqualTo(new TreeSet<>(GrammarBuild.load().interpreted()));
    }

    @Test
    void the_pom_names_the_same_interpreted_functions() throws Exception {
        var listed = new TreeSet<>(GrammarBuild.load().interpreted()).toString();
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains(
                        "<interpretedFunctions>"
                                + listed.replaceAll("[\\[\\] ]", "")
                                + "</interpretedFunctions>");
    }

    @Test
    void the_licences_of_what_is_inside_come_along() {
        for (var name :
                new String[] {
                    "libpg_query.BSD-3-Clause.txt",
                    "PostgreSQL.txt",
                    "emscripten.MIT.txt",
                    "musl.MIT.txt",
                    "libpg-query.npm.MIT.txt",
                    "README.txt"
                }) {
            assertThat(getClass().getResource("/META-INF/licenses/libpg-query/" + name))
                    .as(name)
                    .isNotNull();
        }
    }
}
