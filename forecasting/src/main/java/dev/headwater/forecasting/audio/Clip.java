package dev.headwater.forecasting.audio;

/// One utterance of a word.
///
/// @param word    the spoken word: the name of the clip's folder
/// @param speaker the speaker, if the file name contains one
/// @param file    name of the clip's file
/// @param samples `[clip]`, PCM of 16 bits at the network's rate
public record Clip(String word, String speaker, String file, short[] samples) {

    private static final String SUFFIX = ".wav";

    /// Id of the clip as a source of sound: `WORD/FILE` without the extension.
    public String source() {
        return word + "/" + file.substring(0, file.length() - SUFFIX.length());
    }

    /// Whether a file with this name can be a clip.
    public static boolean isNamed(String file) {
        return file.length() > SUFFIX.length()
                && file.regionMatches(true, file.length() - SUFFIX.length(), SUFFIX, 0, SUFFIX.length());
    }
}
