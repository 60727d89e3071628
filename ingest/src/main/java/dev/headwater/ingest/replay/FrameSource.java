package dev.headwater.ingest.replay;

import dev.headwater.forecasting.network.AudioSpec;
import java.util.function.BiConsumer;

/// Frames of sound slot by slot.
public interface FrameSource extends Timeline {

    /// A frame without samples: the source has ended.
    short[] END = {};

    /// What the frames are.
    AudioSpec audio();

    /// Hands over the frames of a slot: source and samples, none where a source has ended. It may wait for them.
    ///
    /// @return false when nothing more follows
    boolean emit(long slot, BiConsumer<String, short[]> sink);
}
