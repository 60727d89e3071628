package dev.headwater.benchmarks.training;

import dev.headwater.benchmarks.turns.Allocation;
import dev.headwater.benchmarks.turns.Figures;
import dev.headwater.trainer.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/// Measures a training that is under way, from update to update, and gives the peers their turns between two of its
/// own: until they return, the trainer waits.
///
/// The first update after the peers' turns is not counted, since its batch may have been encoded during these.
final class TrainerTurns implements TrainingListener {

    /// Thrown when all turns are over: there is no use in training on.
    static final class Over extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Over() {
            super("all turns are over", null, false, false);
        }
    }

    private static final double NANOS = 1e9;

    private final List<? extends TrainingPeer> peers;
    private final double seconds;
    private final int turns;
    private final List<List<Double>> rates = new ArrayList<>(); // [ours, then the peers][turn], windows a second
    private double allocated = Double.POSITIVE_INFINITY; // bytes an update, the least of the turns
    private double left; // seconds of warm-up; 0 after it
    private boolean counting;
    private long begun;
    private long bytes;
    private long before; // windows of the epoch
    private long windows; // of the turn
    private int updates; // of the turn

    /// @param warmUp seconds that are not counted
    /// @param seconds of a turn
    TrainerTurns(List<? extends TrainingPeer> peers, int turns, double warmUp, double seconds) {
        this.peers = peers;
        this.turns = turns;
        this.left = warmUp;
        this.seconds = seconds;
        for (int i = 0; i <= peers.size(); i++) {
            rates.add(new ArrayList<>());
        }
    }

    /// Validation came between: a turn that was begun begins again.
    @Override
    public void epochStarted(int epoch, int epochs, long samples) {
        counting = false;
        before = 0;
    }

    @Override
    public void batch(long done, double loss) {
        long now = System.nanoTime();
        if (counting) {
            windows += done - before;
            updates++;
            if (now - begun >= Math.max(left, seconds) * NANOS) {
                end(now);
            }
        } else {
            begin();
        }
        before = done;
    }

    private void begin() {
        counting = true;
        windows = 0;
        updates = 0;
        bytes = Allocation.total();
        begun = System.nanoTime();
    }

    private void end(long now) {
        counting = false;
        if (left > 0) {
            left = 0;
            peers.forEach(peer -> peer.train(seconds / 2));
            return;
        }
        allocated = Math.min(allocated, (double) (Allocation.total() - bytes) / updates);
        rates.getFirst().add(windows * NANOS / (now - begun));
        for (int i = 0; i < peers.size(); i++) {
            rates.get(i + 1).add(peers.get(i).train(seconds));
        }
        if (rates.getFirst().size() == turns) {
            throw new Over();
        }
    }

    /// Windows a second: ours, then those of the peers.
    List<Figures> figures() {
        return rates.stream()
                .map(one -> new Figures(
                        one.stream().mapToDouble(Double::doubleValue).toArray()))
                .toList();
    }

    /// Bytes that an update allocates on the heap, encoding included.
    double allocatedBytes() {
        return allocated;
    }
}
