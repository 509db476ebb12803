package io.heimdall.app.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Clients of a service that never read what it answers. */
record Crowd(List<Socket> clients) implements AutoCloseable {
    private static final int SMALL_WINDOW = 4096;

    /** Connects clients, which each send {@code first}. */
    static Crowd of(int count, int port, String first) throws IOException {
        Crowd crowd = new Crowd(new ArrayList<>());
        for (int n = 0; n < count; n++) {
            Socket client = new Socket();
            client.setReceiveBufferSize(SMALL_WINDOW);
            client.connect(new InetSocketAddress("127.0.0.1", port), 20_000);
            crowd.clients.add(client);
        }
        crowd.send(first);
        return crowd;
    }

    /** Sends more; clients that were cut off send nothing. */
    void send(String more) {
        byte[] bytes = more.getBytes(StandardCharsets.ISO_8859_1);
        for (Socket client : clients) {
            try {
                client.getOutputStream().write(bytes);
            } catch (IOException e) { // cut off
                continue;
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }
}
