package dev.headwater.ingest.replay;

import dev.headwater.forecasting.network.AudioSpec;
import java.util.function.BiConsumer;

/// Frames of sound slot by slot.
public interface FrameSource extends Timeline {

    /// A frame without samples: the source has ended.
    short[] END = {};

    /// The format of the frames.
    AudioSpec audio();

    /// Passes the frames of a slot to `sink`: source and samples, empty at the end of a source. May block until
    /// frames are there.
    ///
    /// @return false when nothing more follows
    boolean emit(long slot, BiConsumer<String, short[]> sink);
}
