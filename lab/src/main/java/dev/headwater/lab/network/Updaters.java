package dev.headwater.lab.network;

import dev.headwater.lab.definition.TrainingSpec.Updater;
import dev.headwater.trainer.layer.Momentum;
import dev.headwater.trainer.layer.RootMeanSquare;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/// Updaters with the defaults of Keras.
final class Updaters {

    private static final double RHO = 0.9;
    private static final double FIRST_MOMENT = 0.9;
    private static final double SECOND_MOMENT = 0.999;
    private static final double EPSILON = 1e-7;

    private Updaters() {}

    static IUpdater of(Updater updater) {
        ISchedule rate = schedule(updater);
        return switch (updater.rule()) {
            case SGD -> Sgd.builder().learningRateSchedule(rate).build();
            case MOMENTUM -> new Momentum(rate, updater.momentum() == null ? 0 : updater.momentum());
            case RMSPROP -> new RootMeanSquare(rate, RHO, EPSILON);
            case ADAM ->
                Adam.builder()
                        .learningRateSchedule(rate)
                        .beta1(FIRST_MOMENT)
                        .beta2(SECOND_MOMENT)
                        .epsilon(EPSILON)
                        .build();
        };
    }

    private static ISchedule schedule(Updater updater) {
        return updater.decay() == null
                ? new FixedSchedule(updater.rate())
                : new InverseSchedule(ScheduleType.ITERATION, updater.rate(), updater.decay(), 1);
    }
}
