package dev.headwater.benchmarks.kernel;

import dev.headwater.benchmarks.ReferenceModel;
import dev.headwater.benchmarks.gemm.GemmNetwork;

/// The same network with ND4J's matrix products.
final class GemmGru implements Implementation {

    private final GemmNetwork network;

    GemmGru(int windows) {
        network = GemmNetwork.forecasting(ReferenceModel.SHAPE, ReferenceModel.parameters(), windows);
        network.load(ReferenceModel.rows(windows), 0);
    }

    @Override
    public String name() {
        return "nd4j-gemm";
    }

    @Override
    public void run() {
        network.forward();
    }

    @Override
    public float[] forecasts() {
        return network.read();
    }

    @Override
    public void close() {
        // its memory is ND4J's, which frees it
    }
}
