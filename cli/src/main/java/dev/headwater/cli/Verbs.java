package dev.headwater.cli;

import dev.headwater.cli.demo.DemoCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// The commands below `headwater`. Picocli finds a command's options by reflection; for all commands this takes longer
/// than all else that `headwater --help` does. So a command that is not wanted gets only its name and its description.
final class Verbs {

    private static final List<Class<?>> ALL = List.of(
            DemoCommand.class,
            BrokerCommand.class,
            TopicsCommand.class,
            IngestCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            ServeCommand.class,
            ReplayCommand.class,
            ForecastsCommand.class,
            SensorsCommand.class,
            DashboardCommand.class,
            ModelsCommand.class,
            DeadLettersCommand.class,
            LabCommand.class,
            BenchCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            SupportBundleCommand.class,
            CommandLine.HelpCommand.class);

    private static final String ARGUMENTS_FILE = "@";

    private Verbs() {}

    /// The commands that the arguments may mean: those whose names are among them. All of them when the arguments are
    /// in a file, or when a settings file is used, whose keys may be options of any command.
    static Predicate<String> named(String[] arguments, Map<String, String> environment) {
        Set<String> words = Arrays.stream(arguments).collect(Collectors.toSet());
        boolean elsewhere = words.stream().anyMatch(word -> word.startsWith(ARGUMENTS_FILE));
        boolean any = elsewhere || Settings.isUsed(arguments, environment);
        return name -> any || words.contains(name);
    }

    /// @param wanted names of the commands that get their options and can be run
    static CommandLine addTo(CommandLine root, Predicate<String> wanted) {
        for (Class<?> type : ALL) {
            Command command = type.getAnnotation(Command.class);
            root.addSubcommand(wanted.test(command.name()) ? new CommandLine(type) : described(command));
        }
        return root;
    }

    private static CommandLine described(Command command) {
        CommandSpec spec = CommandSpec.create().name(command.name());
        spec.usageMessage().header(command.header()).description(command.description());
        return new CommandLine(spec);
    }
}
