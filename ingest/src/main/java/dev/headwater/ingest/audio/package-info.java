/// Recorded sound: WAV files, and folders of them, a folder a word.
@NullMarked
package dev.headwater.ingest.audio;

import org.jspecify.annotations.NullMarked;
