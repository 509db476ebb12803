package io.heimdall.features.recording;

import java.util.ArrayList;

/** A list made from a file's content that refuses to grow beyond all reason: few bytes of a file become an object each. */
class Bounded<T> extends ArrayList<T> {
    private final int most;
    private final String what;

    Bounded(int most, String what) {
        this.most = most;
        this.what = what;
    }

    @Override
    public boolean add(T element) {
        if (size() == most) {
            throw new IllegalStateException("more than " + most + " " + what);
        }
        return super.add(element);
    }
}
