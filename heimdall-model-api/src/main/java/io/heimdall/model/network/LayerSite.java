package io.heimdall.model.network;

/**
 * The position of an interpreter in a network.
 *
 * @param path names of the layers from the root to here, joined by dots; empty at the root
 * @param number of the step in the walk, from 0: no two steps of a walk have the same
 * @param dropouts operations of kind {@link Operation.Dropout} before this one, those of probability 0 included
 */
public record LayerSite(String path, int number, int dropouts) {

    /** Returns the full name of one of the operation's tensors: {@code backbone.conv1.weight}. */
    public String tensor(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
