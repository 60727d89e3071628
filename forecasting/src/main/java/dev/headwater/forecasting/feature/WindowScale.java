package dev.headwater.forecasting.feature;

import dev.headwater.forecasting.window.WindowBatch;

/// Mean and deviation by which one channel of one window is scaled.
///
/// @param mean      in its unit
/// @param deviation in its unit
record WindowScale(float mean, float deviation) {

    /// A calm window is not blown up beyond this share of the training span's deviation.
    private static final float MIN = 0.1f;

    /// That of the training span.
    static WindowScale ofTraining(Scaler scaler, int at) {
        return new WindowScale(scaler.mean()[at], scaler.deviation()[at]);
    }

    /// That of the window's own observed samples; without any, that of the training span.
    ///
    /// @param samples of a window
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
