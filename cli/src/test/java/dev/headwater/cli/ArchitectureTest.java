package dev.headwater.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The dependencies between the modules, as in ARCHITECTURE.md.
@AnalyzeClasses(
        packages = "dev.headwater",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoFixtures.class})
class ArchitectureTest {

    private static final Pattern FLAG = Pattern.compile("\"[^\"\\n]*(?<![\\w-])--[a-z][a-z-]+[^\"\\n]*\"");
    private static final List<String> LIBRARIES = List.of(
            "kernels",
            "forecasting",
            "report",
            "bus",
            "ingest",
            "model-trainer",
            "lab",
            "inference-streams",
            "backtest",
            "dashboard");

    static final class NoFixtures implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule ARROWS_POINT_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.headwater..")
            .layer("kernels")
            .definedBy("dev.headwater.kernels..")
            .layer("forecasting")
            .definedBy("dev.headwater.forecasting..")
            .layer("report")
            .definedBy("dev.headwater.report..")
            .layer("bus")
            .definedBy("dev.headwater.bus..")
            .layer("ingest")
            .definedBy("dev.headwater.ingest..")
            .layer("model-trainer")
            .definedBy("dev.headwater.trainer..")
            .layer("lab")
            .definedBy("dev.headwater.lab..")
            .layer("inference-streams")
            .definedBy("dev.headwater.streams..")
            .layer("backtest")
            .definedBy("dev.headwater.backtest..")
            .layer("dashboard")
            .definedBy("dev.headwater.dashboard..")
            .layer("cli")
            .definedBy("dev.headwater.cli..")
            .whereLayer("kernels")
            .mayNotAccessAnyLayer()
            .whereLayer("forecasting")
            .mayOnlyAccessLayers("kernels")
            .whereLayer("report")
            .mayOnlyAccessLayers("forecasting")
            .whereLayer("bus")
            .mayOnlyAccessLayers("forecasting")
            .whereLayer("ingest")
            .mayOnlyAccessLayers("forecasting", "bus")
            .whereLayer("model-trainer")
            .mayOnlyAccessLayers("kernels", "forecasting", "report", "bus", "ingest")
            .whereLayer("lab")
            .mayOnlyAccessLayers("kernels", "forecasting", "report", "ingest", "model-trainer")
            .whereLayer("inference-streams")
            .mayOnlyAccessLayers("forecasting", "bus")
            .whereLayer("backtest")
            .mayOnlyAccessLayers("forecasting", "report", "bus", "ingest", "inference-streams")
            .whereLayer("dashboard")
            .mayOnlyAccessLayers("forecasting", "bus")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule THE_KERNELS_KNOW_THE_JDK_ALONE = classes()
            .that()
            .resideInAPackage("dev.headwater.kernels..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.headwater.kernels..", "java..", "jdk.incubator.vector..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule FORECASTING_KNOWS_THE_JDK_AND_JACKSON = classes()
            .that()
            .resideInAPackage("dev.headwater.forecasting..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.headwater.forecasting..",
                    "dev.headwater.kernels",
                    "java..",
                    "com.fasterxml.jackson.annotation..",
                    "tools.jackson..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule FORECASTING_KNOWS_NO_NETWORKING = noClasses()
            .that()
            .resideInAnyPackage("dev.headwater.kernels..", "dev.headwater.forecasting..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "javax.net..", "com.sun.net..");

    @ArchTest
    static final ArchRule VECTORS_STAY_IN_THE_KERNELS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.headwater.kernels..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.headwater.kernels.internal..", "jdk.incubator.vector..");

    @ArchTest
    static final ArchRule THE_TRAINER_AND_THE_NETWORKS_OF_THE_LAB_ALONE_KNOW_DL4J = noClasses()
            .that()
            .resideOutsideOfPackages("dev.headwater.trainer..", "dev.headwater.lab.network..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..");

    @ArchTest
    static final ArchRule TRAINER_AND_LAB_KNOW_NO_KAFKA = noClasses()
            .that()
            .resideInAnyPackage("dev.headwater.trainer..", "dev.headwater.lab..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule THE_STREAM_ALONE_KNOWS_KAFKA_STREAMS_AND_HTTP = noClasses()
            .that()
            .resideOutsideOfPackage("dev.headwater.streams..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka.streams..", "com.sun.net.httpserver..");

    @ArchTest
    static final ArchRule COMMANDS_ALONE_PARSE_OPTIONS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.headwater.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule A_WORKLOAD_ALONE_ASKS_FOR_SOUND = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.headwater.ingest..",
                    "dev.headwater.trainer..",
                    "dev.headwater.backtest..",
                    "dev.headwater.cli..")
            .and()
            .doNotBelongToAnyOf(Workload.class)
            .should()
            .callMethod(SensorNetwork.class, "audio");

    /// A library's messages name the setting; the command adds the flag that sets it.
    @Test
    void librariesNameNoFlags() throws IOException {
        for (String library : LIBRARIES) {
            try (Stream<Path> sources = Files.walk(Path.of("..", library, "src/main/java"))) {
                for (Path source : sources.filter(path -> path.toString().endsWith(".java"))
                        .toList()) {
                    assertThat(FLAG.matcher(Files.readString(source)).results().map(m -> m.group()))
                            .as(source.toString())
                            .isEmpty();
                }
            }
        }
    }
}
