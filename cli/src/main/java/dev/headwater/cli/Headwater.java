package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Printable;
import dev.headwater.ingest.terminal.Stopping;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `headwater` command. Exit codes: 0 good, 1 failed, 2 called wrongly, 130 ended by Ctrl-C.
@Command(
        name = "headwater",
        description = "Streaming forecasts on Kafka: sensor readings in, 12-step forecasts out.",
        mixinStandardHelpOptions = true,
        versionProvider = Headwater.Version.class,
        footer = {
            "",
            "Examples:",
            "  headwater demo --for 60s",
            "  headwater train --network pems-bay --from pems-bay.h5",
            "  headwater evaluate --network pems-bay --from pems-bay.h5 --model models/pems-bay/latest",
            "",
            "Every command has --help with examples. Options may also be set in the file of",
            "--config, or in the environment: --data-dir as HEADWATER_DATA_DIR.",
            "",
            "Exit codes: 0 good, 1 failed, 2 called wrongly, 130 ended by Ctrl-C."
        })
public final class Headwater {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final String DEBUG = "HEADWATER_DEBUG";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Settings, .yaml or .properties: options by their long names, and kafka.KEY.")
    private @Nullable Path config; // read by Settings, before the options in it are parsed

    private Headwater() {}

    public static void main(String[] args) {
        int code = execute(args, System.getenv());
        Stopping.allIsSaid();
        System.exit(code);
    }

    static int execute(String[] args, Map<String, String> environment) {
        CommandLine command = commandLine(HelpText.columns(), Verbs.named(args, environment));
        try {
            command.setDefaultValueProvider(Settings.read(args, environment, command));
        } catch (InvalidInputException e) {
            command.getErr().println("headwater: " + e.getMessage());
            return MISUSED;
        }
        return command.execute(args);
    }

    static CommandLine commandLine() {
        return commandLine(HelpText.columns());
    }

    /// The command with all that is below it.
    /// @param columns width of `--help`
    public static CommandLine commandLine(int columns) {
        return commandLine(columns, name -> true);
    }

    /// @param columns width of `--help`
    /// @param wanted  the commands that may be run or whose options are asked for; see [Verbs]
    static CommandLine commandLine(int columns, Predicate<String> wanted) {
        CommandLine command = Verbs.addTo(new CommandLine(new Headwater()), wanted)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Headwater::misused)
                .setExecutionExceptionHandler((error, failing, parsed) -> failed(error, failing));
        HelpText.layOut(command, columns);
        return command;
    }

    private static int misused(ParameterException error, String[] args) {
        PrintWriter err = error.getCommandLine().getErr();
        err.println("headwater: " + Printable.line(firstLine(error) + place(error, args)));
        if (isGroup(error.getCommandLine()) && !(error instanceof UnmatchedArgumentException)) {
            error.getCommandLine().usage(err);
            return MISUSED;
        }
        UnmatchedArgumentException.printSuggestions(error, err);
        err.println("Try '" + error.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return MISUSED;
    }

    /// A command that only groups subcommands: called without one, it prints its help.
    private static boolean isGroup(CommandLine command) {
        Object object = command.getCommandSpec().userObject();
        return !(object instanceof Runnable || object instanceof Callable || object instanceof Method);
    }

    /// Where a refused value was set, when it was not typed.
    private static String place(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        if (!(error.getArgSpec() instanceof OptionSpec option)
                || !(command.getDefaultValueProvider() instanceof Settings settings)
                || isTyped(option, args)) {
            return "";
        }
        String place = settings.place(option);
        return place.isEmpty() ? "" : ", in " + place;
    }

    private static boolean isTyped(OptionSpec option, String[] args) {
        return Arrays.stream(option.names())
                .anyMatch(name -> Arrays.stream(args).anyMatch(arg -> arg.equals(name) || arg.startsWith(name + "=")));
    }

    private static int failed(Exception error, CommandLine command) {
        boolean expected = error instanceof InvalidInputException;
        command.getErr()
                .println("headwater: "
                        + (expected
                                ? error.getMessage()
                                : "failed unexpectedly: " + Printable.line(firstLine(error)) + hint()));
        if (System.getenv(DEBUG) != null) {
            error.printStackTrace(command.getErr());
        }
        return FAILED;
    }

    private static String hint() {
        return System.getenv(DEBUG) == null ? " (set " + DEBUG + "=1 to see where)" : "";
    }

    private static String firstLine(Exception error) {
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        return message.lines().findFirst().orElse(error.toString());
    }

    /// The version that the build wrote into the jar.
    static final class Version implements CommandLine.IVersionProvider {

        static String current() {
            String version = Headwater.class.getPackage().getImplementationVersion();
            return version == null ? "development" : version;
        }

        @Override
        public String[] getVersion() {
            return new String[] {
                "headwater " + current() + " (" + Revision.current() + ")",
                "Java " + Runtime.version() + " on " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch")
            };
        }
    }
}
