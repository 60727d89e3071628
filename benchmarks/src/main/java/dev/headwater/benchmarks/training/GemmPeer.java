package dev.headwater.benchmarks.training;

import dev.headwater.benchmarks.ReferenceModel;
import dev.headwater.benchmarks.gemm.GemmTraining;
import dev.headwater.benchmarks.turns.Contest;
import dev.headwater.benchmarks.turns.Contest.Contestant;
import java.util.List;

/// ND4J's matrix products on two threads.
final class GemmPeer implements TrainingPeer {

    private final GemmTraining training;
    private final int windows;
    private final double difference;

    GemmPeer(CheckBatch batch) {
        windows = batch.windows();
        training = new GemmTraining(ReferenceModel.SHAPE, batch.parameters(), batch.rows(), batch.truths(), windows);
        difference = batch.difference(training.gradient());
    }

    @Override
    public String name() {
        return "nd4j-gemm";
    }

    @Override
    public double gradientDifference() {
        return difference;
    }

    @Override
    public double train(double seconds) {
        Contestant updates = new Contestant(training::update, windows);
        return new Contest(0, seconds, 1)
                .measure(List.of(updates), 1)
                .getFirst()
                .median();
    }

    @Override
    public void close() {
        training.close();
    }
}
