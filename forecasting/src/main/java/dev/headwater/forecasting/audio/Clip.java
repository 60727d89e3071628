package dev.headwater.forecasting.audio;

/// One utterance of a word.
///
/// @param word    what is said: the name of its folder
/// @param speaker who says it, as far as the file's name tells
/// @param file    name of its file
/// @param samples `[clip]`, PCM of 16 bits at the network's rate
public record Clip(String word, String speaker, String file, short[] samples) {

    private static final String SUFFIX = ".wav";

    /// What it is called as a source of sound: `WORD/FILE` without the ending.
    public String source() {
        return word + "/" + file.substring(0, file.length() - SUFFIX.length());
    }

    /// True for names of files that can be clips.
    public static boolean isNamed(String file) {
        return file.length() > SUFFIX.length()
                && file.regionMatches(true, file.length() - SUFFIX.length(), SUFFIX, 0, SUFFIX.length());
    }
}
