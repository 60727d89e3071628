package dev.headwater.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Copies the launchers, with the commit that is built in them: who unpacks an archive has no repository to ask.
final class Launchers {

    private static final List<String> NAMES = List.of("headwater", "headwater.cmd");
    private static final String PLACE = "@REVISION@";
    private static final String UNKNOWN = "unknown revision";

    /// The commit alone: tags differ between clones, and so does the length that git finds short enough.
    private static final List<String> DESCRIBE =
            List.of("git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*");

    private Launchers() {}

    static void write(Path from, Path to) throws IOException {
        String revision = revision(from);
        Files.createDirectories(to);
        for (String name : NAMES) {
            Files.writeString(
                    to.resolve(name), Files.readString(from.resolve(name)).replace(PLACE, revision));
        }
    }

    /// The commit that folder is of, with `-dirty` when files were changed since; where git does not know, that it is
    /// unknown.
    static String revision(Path folder) throws IOException {
        Process git = new ProcessBuilder(DESCRIBE)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
        return said.isEmpty() ? UNKNOWN : said;
    }
}
