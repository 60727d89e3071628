package dev.headwater.forecasting.feature;

import dev.headwater.forecasting.window.WindowBatch;

/// Mean and deviation that one channel of one window is scaled by.
///
/// @param mean      in its unit
/// @param deviation in its unit
record WindowScale(float mean, float deviation) {

    /// Lower bound of a window's deviation, as a share of the training part's deviation, so that noise is not
    /// amplified.
    private static final float MIN = 0.1f;

    /// The scale of the training part.
    static WindowScale ofTraining(Scaler scaler, int at) {
        return new WindowScale(scaler.mean()[at], scaler.deviation()[at]);
    }

    /// The scale of the window's own observed samples; without any, that of the training part.
    static WindowScale ofWindow(Channels channels, Scaler scaler, WindowBatch batch, int window, int channel) {
        double sum = 0;
        double squares = 0;
        int n = 0;
        for (int sample = 0; sample < batch.lookback(); sample++) {
            float value = channels.value(batch, window, sample, channel);
            if (!Float.isNaN(value)) {
                sum += value;
                squares += (double) value * value;
                n++;
            }
        }
        WindowScale training = ofTraining(scaler, channels.scaled(channel));
        if (n == 0) {
            return training;
        }
        double mean = sum / n;
        float deviation = (float) Math.sqrt(Math.max(0, squares / n - mean * mean));
        return new WindowScale((float) mean, Math.max(deviation, MIN * training.deviation));
    }

    float scale(float value) {
        return (value - mean) / deviation;
    }
}
