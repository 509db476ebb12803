package io.heimdall.dataset.store;

import java.io.IOException;

/** Walks over entries in ascending order of their keys. It stands before the first entry at the beginning. */
interface EntryCursor {

    /** Goes to the next entry; returns false if there is none. */
    boolean advance() throws IOException;

    /** Returns a word of the entry's key, the first bytes of the word highest. */
    long word(int word);

    /** Returns the number of the entry's shard in the index that is written. */
    int shard();

    /** Returns the row of the shard. */
    int row();

    /** Returns the CRC-32 of the row's bytes. */
    int checksum();
}
