package dev.headwater.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of a JVM of its own, with the class path of this one and the flags of the launcher.
public final class JavaCommand {

    private JavaCommand() {}

    /// @param flags     of the JVM besides those of the launcher, such as its heap
    /// @param arguments of the main class
    public static List<String> of(List<String> flags, Class<?> main, List<String> arguments) {
        return of(System.getProperty("java.class.path"), flags, main, arguments);
    }

    /// The same with another class path.
    static List<String> of(String classPath, List<String> flags, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath));
        command.addAll(flags);
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}
