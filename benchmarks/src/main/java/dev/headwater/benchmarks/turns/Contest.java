package dev.headwater.benchmarks.turns;

import java.util.ArrayList;
import java.util.List;

/// Measures contestants in alternating turns. A turn is made of slices of all of them, one after the other, so that
/// other work on the machine affects all alike.
///
/// @param warmUp seconds each contestant runs before
/// @param slice seconds of a slice
/// @param slices number of them in a turn
public record Contest(double warmUp, double slice, int slices) {

    private static final double NANOS = 1e9;

    /// What is measured.
    ///
    /// @param call done again and again
    /// @param amount what a call does, in the unit of the figure: windows, operations
    public record Contestant(Runnable call, double amount) {}

    /// A contestant's work so far in a turn.
    private record Score(double amount, double nanos) {

        private static final Score NONE = new Score(0, 0);

        Score and(Score other) {
            return new Score(amount + other.amount, nanos + other.nanos);
        }

        double perSecond() {
            return amount / nanos * NANOS;
        }
    }

    /// @return amount a second of each contestant, by turn
    public List<Figures> measure(List<Contestant> contestants, int turns) {
        contestants.forEach(contestant -> run(contestant, warmUp));
        double[][] rates = new double[contestants.size()][turns];
        for (int turn = 0; turn < turns; turn++) {
            List<Score> scores = turn(contestants);
            for (int i = 0; i < rates.length; i++) {
                rates[i][turn] = scores.get(i).perSecond();
            }
        }
        return List.of(rates).stream().map(Figures::new).toList();
    }

    private List<Score> turn(List<Contestant> contestants) {
        List<Score> scores = new ArrayList<>(
                contestants.stream().map(contestant -> Score.NONE).toList());
        for (int number = 0; number < slices; number++) {
            for (int i = 0; i < scores.size(); i++) {
                scores.set(i, scores.get(i).and(run(contestants.get(i), slice)));
            }
        }
        return scores;
    }

    private static Score run(Contestant contestant, double seconds) {
        long begun = System.nanoTime();
        long now = begun;
        double amount = 0;
        while (now - begun < seconds * NANOS) {
            contestant.call.run();
            amount += contestant.amount;
            now = System.nanoTime();
        }
        return new Score(amount, now - begun);
    }
}
