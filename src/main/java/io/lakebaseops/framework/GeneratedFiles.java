package io.lakebaseops.framework;

import java.util.List;

/// The output of a tool that makes files for a person's working copy. Tools write none: the command
/// line does, into the directory that person names.
public interface GeneratedFiles {
    List<GeneratedFile> files();

    /// @param path relative, with `/`
    record GeneratedFile(String path, String text) {}
}
