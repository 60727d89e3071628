package dev.headwater.benchmarks.state;

import dev.headwater.forecasting.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A checkout that `headwater` has built.
///
/// @param revision  its commit, with a mark when files differ from it
/// @param classPath these benchmarks, and then the checkout's own jars
record Build(String revision, String classPath) {

    /// @throws InvalidInputException when the checkout is not built
    static Build of(Path checkout) throws IOException {
        Path jar = checkout.resolve("cli/target/headwater/headwater.jar"); // its manifest names the others
        if (!Files.isReadable(jar)) {
            throw new InvalidInputException(jar + ": no such file; build it with " + checkout.resolve("headwater"));
        }
        return new Build(revision(checkout), own() + File.pathSeparator + jar.toRealPath());
    }

    /// The classes of this program, the same for all builds.
    private static String own() {
        return Path.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)[0])
                .toAbsolutePath()
                .toString();
    }

    private static String revision(Path checkout) throws IOException {
        Process git = new ProcessBuilder("git", "-C", checkout.toString(), "describe", "--always", "--dirty")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String revision = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return revision.isEmpty() ? "unknown revision" : revision;
    }
}
