package io.heimdall.tracking.mlflow;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;

/** Ports that the system gives to nobody by itself, so that a peer that was away can come back on its port. */
final class PeerPorts {
    private static final int FIRST = 10_000;
    private static final int COUNT = 5_000;

    private PeerPorts() {}

    /** Returns a server on a port where nobody listened. */
    static HttpServer listen() throws IOException {
        Random random = new Random();
        for (int tries = 1; ; tries++) {
            try {
                return listen(FIRST + random.nextInt(COUNT));
            } catch (BindException e) { // somebody else's
                if (tries == COUNT) {
                    throw e;
                }
            }
        }
    }

    /** Returns a server on a port, not started. */
    static HttpServer listen(int port) throws IOException {
        // The JDK's server sends head and body apart: with Nagle's algorithm each answer waits 40 ms for the
        // acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    }
}
