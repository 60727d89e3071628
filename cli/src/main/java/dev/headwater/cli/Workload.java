package dev.headwater.cli;

import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;

/// What the commands do for each kind of network: of readings, or of frames of sound. Only this type asks which
/// kind it is.
public sealed interface Workload permits ReadingsWorkload, SoundWorkload {

    static Workload of(SensorNetwork network) {
        AudioSpec audio = network.audio();
        return audio == null ? new ReadingsWorkload(network) : new SoundWorkload(network, audio);
    }

    /// Trains, registers and reports a model, or studies its training.
    void train(TrainCommand command);

    /// Evaluates a model on history.
    void evaluate(EvaluateCommand command);

    /// Evaluates a model on history that flows through the stream.
    ///
    /// @return the exit code
    int replay(ReplayCommand command) throws InterruptedException;

    /// Sends the readings of a source to the network's topic.
    void ingest(IngestCommand command);
}
