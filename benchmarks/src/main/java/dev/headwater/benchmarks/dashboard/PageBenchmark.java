package dev.headwater.benchmarks.dashboard;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/// Measures the page: `load [NAME=VALUE...]` or `soak [MINUTES [MODEL]]`.
public final class PageBenchmark {

    private PageBenchmark() {}

    /// @param args checkout, browser, what to measure, its settings
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Path folder = Files.createTempDirectory("headwater-page");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        int status = 0;
        try {
            List<String> words = List.of(args);
            String what = words.size() > 2 ? words.get(2) : "nothing";
            Bench bench = new Bench(Path.of(args[0]).toRealPath(), Path.of(args[1]), folder);
            List<String> settings = words.subList(Math.min(3, words.size()), words.size());
            switch (what) {
                case "load" -> new LoadRun(bench, LoadSettings.of(settings)).run();
                case "soak" -> new SoakRun(bench, SoakSettings.of(settings)).run();
                default -> throw new InvalidInputException("must be load or soak, found " + what);
            }
        } catch (InvalidInputException e) {
            System.err.println("dashboard: " + e.getMessage());
            status = 1;
        }
        System.exit(status); // the broker leaves threads
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("dashboard: " + folder + " stays: " + e.getMessage());
        }
    }
}
