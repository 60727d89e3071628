package dev.headwater.cli;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.HealthEndpoints;
import dev.headwater.trainer.service.ServiceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How `train --service` runs.
final class ServiceOptions {

    private static final int DEFAULT_PORT = HealthEndpoints.DEFAULT_PORT + 1;
    private static final List<String> ITS_OWN =
            List.of("--every", "--after-drift", "--history", "--margin", "--canary", "--http-host", "--http-port");

    @Option(
            names = "--service",
            description = "Run until Ctrl-C and train again and again: on POST /train, with --every, and with"
                    + " --after-drift. Each model is compared with the champion on history that neither knows, and"
                    + " published when it is better. GET /status tells what it does.")
    boolean wanted;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "With --service: time from one training to the next, such as P7D; the first one begins at"
                    + " once. Default: none by the clock.")
    private @Nullable Duration every;

    @Option(
            names = "--after-drift",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "With --service: train this long after a drift event, so that the history has readings after"
                    + " the change. Default: none by drift.")
    private @Nullable Duration afterDrift;

    @Option(
            names = "--history",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "With --service and --from topic: train on the newest readings of this time, such as P120D;"
                    + " default: on all.")
    private @Nullable Duration history;

    @Option(
            names = "--margin",
            paramLabel = "SHARE",
            defaultValue = "" + ServiceSettings.DEFAULT_MARGIN,
            description = "With --service: share by which a model's masked MAE must be below the champion's; default:"
                    + " ${DEFAULT-VALUE}.")
    private double margin = ServiceSettings.DEFAULT_MARGIN;

    @Option(
            names = "--canary",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "With --service: a better model first forecasts in the shadow for this event time, and"
                    + " becomes champion when it is better live too. Default: it becomes champion at once.")
    private @Nullable Duration canary;

    @Option(
            names = "--http-host",
            defaultValue = HealthEndpoints.DEFAULT_HOST,
            description = "With --service: address for /train, /status and /metrics; default: ${DEFAULT-VALUE},"
                    + " reachable from this machine only.")
    String host = HealthEndpoints.DEFAULT_HOST;

    @Option(
            names = "--http-port",
            defaultValue = "" + DEFAULT_PORT,
            description = "With --service: port for them, 0 = any; default: ${DEFAULT-VALUE}.")
    int port = DEFAULT_PORT;

    /// Refuses options that do not go together.
    void check(TrainCommand command) {
        Answer answer = command.answer;
        if (!wanted) {
            ITS_OWN.stream().filter(answer::isTyped).findFirst().ifPresent(option -> {
                throw answer.wrong(option + ": goes with --service");
            });
        } else if (command.resume
                || command.rangeTest
                || command.ablate
                || command.publish
                || command.training.hasSeeds()) {
            throw answer.wrong("--service: excludes --resume, --lr-range-test, --ablate, --seeds and --publish; it"
                    + " resumes and publishes by itself");
        } else if (history != null && !command.from.isTopic()) {
            throw answer.wrong("--history: goes with --from topic");
        }
    }

    /// Null for all.
    @Nullable
    Duration history() {
        return history;
    }

    ServiceSettings settings(SensorNetwork network, TrainCommand command, Path registry) {
        return new ServiceSettings(
                network,
                command.training.settings(network),
                registry,
                command.kafka.client(),
                every,
                afterDrift,
                margin,
                canary);
    }

    /// For messages: what begins a training.
    String triggers() {
        return String.join(
                ", ",
                Stream.of(
                                "on POST /train",
                                every == null ? "" : "every " + every,
                                afterDrift == null ? "" : afterDrift + " after drift")
                        .filter(text -> !text.isEmpty())
                        .toList());
    }
}
