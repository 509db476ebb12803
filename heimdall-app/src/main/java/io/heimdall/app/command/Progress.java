package io.heimdall.app.command;

/** Long work, as the user sees it go on; confined to one thread. */
interface Progress extends AutoCloseable {

    /**
     * Says that {@code done} steps of the total are done.
     *
     * @param done grows from call to call
     * @param detail a few words on the last step, or empty
     */
    void to(long done, String detail);

    /** Prints lines above the display, which goes on below them. */
    void above(Runnable lines);

    /** Ends the display. */
    @Override
    void close();
}
