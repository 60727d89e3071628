package dev.headwater.cli;

import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;

/// What the commands do depends on what the sensors report: readings, or frames of sound. The one place that asks.
public sealed interface Workload permits ReadingsWorkload, SoundWorkload {

    static Workload of(SensorNetwork network) {
        AudioSpec audio = network.audio();
        return audio == null ? new ReadingsWorkload(network) : new SoundWorkload(network, audio);
    }

    /// Trains, registers and reports a model, or studies its training.
    void train(TrainCommand command);

    /// Judges a model on history.
    void evaluate(EvaluateCommand command);

    /// Judges a model on history that flows through the stream.
    ///
    /// @return the exit code
    int replay(ReplayCommand command) throws InterruptedException;

    /// Sends what a source has to the network's topic.
    void ingest(IngestCommand command);
}
