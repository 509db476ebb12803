package io.heimdall.pipeline.world;

import java.util.Optional;

/**
 * A session drawn from a {@link FittedWorld}, as levels: what its recordings would be made from.
 *
 * @param set number of its stations among {@link FittedWorld#sets()}
 * @param eastM place of the transmitter
 * @param northM place of the transmitter
 * @param levels at each of the stations, decibels, without noise where the station records
 * @param heard whether each of them heard the session; at least one did
 * @param shape of the signal; empty where the world knows levels alone
 */
public record DrawnSession(
        int set, double eastM, double northM, double[] levels, boolean[] heard, Optional<MeanPowers> shape) {}
