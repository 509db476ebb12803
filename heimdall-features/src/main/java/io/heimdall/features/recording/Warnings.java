package io.heimdall.features.recording;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a reader warns of: each once, in order, and not more than a person reads. */
final class Warnings {
    private static final int MOST = 20;

    private final Set<String> sentences = new LinkedHashSet<>();

    /** Adds a sentence; the text of a file in it is cut by {@link Shown#value}. */
    void add(String sentence) {
        if (sentences.size() < MOST) {
            sentences.add(sentence);
        }
    }

    List<String> list() {
        return List.copyOf(sentences);
    }
}
