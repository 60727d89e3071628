package dev.headwater.forecasting.artefact;

import java.io.IOException;
import java.nio.file.Path;

/// A process that publishes and promotes models, and prints the validation MAE and the verdict for each.
final class RegistryRacer {

    static final int RACERS = 3;
    static final int MODELS = 5;

    private RegistryRacer() {}

    static Process start(Path root, int racer) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegistryRacer.class.getName(),
                        root.toString(),
                        Integer.toString(racer))
                .redirectError(ProcessBuilder.Redirect.DISCARD) // the warning about the incubator module
                .start();
    }

    public static void main(String[] arguments) {
        ModelRegistry registry = new ModelRegistry(Path.of(arguments[0]));
        int racer = Integer.parseInt(arguments[1]);
        for (int i = 0; i < MODELS; i++) {
            double mae = 1 + (i * RACERS + racer) * 7 % (RACERS * MODELS); // each value once, unordered
            ModelRegistry.Published published = registry.publish(Models.judged(mae));
            System.out.println(mae + " " + registry.promote(published).reason());
        }
    }
}
