package dev.headwater.benchmarks.kernel;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;

/// A batch that is measured.
///
/// @param batch windows
/// @param threads 1 or 2
/// @param all whether slower peers run too
record KernelCase(int batch, int threads, boolean all) {

    static final List<KernelCase> ALL = List.of(
            new KernelCase(1, 1, true),
            new KernelCase(8, 1, false),
            new KernelCase(16, 1, false),
            new KernelCase(32, 1, false),
            new KernelCase(64, 1, false),
            new KernelCase(100, 1, false),
            new KernelCase(325, 1, true),
            new KernelCase(1000, 1, false),
            new KernelCase(1024, 1, true),
            new KernelCase(325, 2, false),
            new KernelCase(1024, 2, false));

    /// `batch325`
    String batchName() {
        return "inference.batch" + batch;
    }

    String name() {
        return batchName() + ".threads" + threads;
    }

    List<Implementation> peers() throws OrtException {
        List<Implementation> peers = new ArrayList<>();
        peers.add(new OnnxGru(batch, threads));
        if (all) {
            peers.add(new GemmGru(batch));
            peers.add(new Dl4jLstm(batch));
        }
        return peers;
    }
}
