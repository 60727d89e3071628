package dev.headwater.kernels.internal;

/// Forward pass of a cell over the steps of a tile; each worker has its own.
public interface TileForward {

    /// Starts a tile of `width` lanes.
    void begin(int width);

    /// One step: reads the tape's inputs and state at `step`, writes the state at `step + 1`. Where the tape's
    /// mask says that the step is absent, the state is carried over.
    void step(StepTape tape, int step);
}
