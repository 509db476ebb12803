package io.heimdall.app.command;

import java.util.Locale;

/**
 * One thing that {@link DoctorCommand} looked at.
 *
 * @param what was looked at: {@code Java}
 * @param status how it is
 * @param found what was there
 * @param remedy what the user can do; empty if nothing is needed
 */
record Finding(String what, Status status, String found, String remedy) {

    /** How a thing is. */
    enum Status {
        /** It works. */
        OK,
        /** Heimdall works without it, but less well. */
        NOTE,
        /** Heimdall cannot do its work. */
        BROKEN;

        /** Returns the word that is printed. */
        String word() {
            return this == BROKEN ? "FAIL" : name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String what, String found) {
        return new Finding(what, Status.OK, found, "");
    }

    static Finding note(String what, String found, String remedy) {
        return new Finding(what, Status.NOTE, found, remedy);
    }

    static Finding broken(String what, String found, String remedy) {
        return new Finding(what, Status.BROKEN, found, remedy);
    }
}
