package io.heimdall.tracking.mlflow;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;

/** The faults that a peer makes: given ones for its next calls, or any at random. */
public final class PeerFaults {
    /** What goes wrong with one call. */
    public enum Fault {
        NONE,
        /** Status 500, and nothing is done. */
        BROKEN,
        /** Status 503 with a page instead of JSON. */
        BAD_GATEWAY,
        /** Status 429 with the wish to wait for a second. */
        TOO_MANY,
        /** The connection ends without an answer, and nothing is done. */
        RESET,
        /** It is done, and the connection ends without an answer. */
        DONE_THEN_RESET,
        /** It is done, and status 500 says that it is not. */
        DONE_THEN_BROKEN,
        /** It is done, and the connection ends in the middle of the answer. */
        HALF_ANSWER,
        /** It is done, and the answer is whole by its length and half by its content. */
        HALF_CONTENT,
        /** Half of what came is kept, as if it were all. */
        HALF_KEPT,
        /** Nothing is done or answered. */
        STALL,
        /** It is done, and the answer stops after its head. */
        DONE_THEN_STALL,
        /** The answer comes late, but in time. */
        SLOW,
        /** The answer has no end. */
        ENDLESS;

        boolean stalls() {
            return this == STALL || this == DONE_THEN_STALL;
        }

        /** Makes the fault if nothing is to be done; returns whether that was so. */
        boolean instead(HttpExchange exchange) throws IOException {
            switch (this) {
                case BROKEN -> respond(exchange, 500, "{\"error_code\":\"INTERNAL_ERROR\",\"message\":\"broken\"}");
                case BAD_GATEWAY -> respond(exchange, 503, "<html>");
                case TOO_MANY -> {
                    exchange.getResponseHeaders().set("Retry-After", "1");
                    respond(exchange, 429, "{}");
                }
                case RESET -> exchange.close();
                case STALL -> sleep(60_000);
                case ENDLESS -> {
                    exchange.sendResponseHeaders(200, 0);
                    for (int i = 0; i < 3000; i++) {
                        exchange.getResponseBody().write(new byte[1 << 16]);
                    }
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        byte[] cut(byte[] body) {
            return this == HALF_KEPT ? Arrays.copyOf(body, body.length / 2) : body;
        }

        void answer(HttpExchange exchange, int status, byte[] answer) throws IOException {
            byte[] half = Arrays.copyOf(answer, answer.length / 2);
            switch (this) {
                case DONE_THEN_RESET -> exchange.close();
                case DONE_THEN_BROKEN -> respond(exchange, 500, "{}");
                case HALF_ANSWER -> {
                    exchange.sendResponseHeaders(status, answer.length + 1);
                    exchange.getResponseBody().write(half);
                    exchange.close();
                }
                case HALF_CONTENT -> respond(exchange, status, status == 200 ? half : answer);
                case DONE_THEN_STALL -> {
                    exchange.sendResponseHeaders(status, answer.length + 1);
                    exchange.getResponseBody().flush();
                    sleep(60_000);
                }
                case SLOW -> {
                    sleep(300);
                    respond(exchange, status, answer);
                }
                default -> respond(exchange, status, answer);
            }
        }

        /** The end of the server interrupts it. */
        private static void sleep(long milliseconds) {
            try {
                Thread.sleep(milliseconds);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void respond(HttpExchange exchange, int status, String text) throws IOException {
            respond(exchange, status, text.getBytes(StandardCharsets.UTF_8));
        }

        private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }
    }

    private final Map<String, Queue<Fault>> given = new HashMap<>();
    private Random random;
    private double share;

    /** Makes these faults, one after the other, with calls of {@code path}; {@code *} stands for every path. */
    public synchronized void with(String path, Fault... faults) {
        given.put(path, new ArrayDeque<>(Arrays.asList(faults)));
    }

    /** Makes a share of all calls fail, each with some fault. */
    public synchronized void random(long seed, double ofAll) {
        random = new Random(seed);
        share = ofAll;
    }

    /** Does something and returns how many of the given faults were not made meanwhile. */
    public int left(String path, Runnable action) {
        action.run();
        synchronized (this) {
            return given.get(path).size();
        }
    }

    public synchronized void none() {
        random = null;
        given.clear();
    }

    public synchronized Fault next(String path) {
        for (String key : new String[] {path, "*"}) {
            Queue<Fault> queue = given.get(key);
            if (queue != null && !queue.isEmpty()) {
                return queue.remove();
            }
        }
        if (random != null && random.nextDouble() < share) {
            return Fault.values()[1 + random.nextInt(Fault.values().length - 2)];
        }
        return Fault.NONE;
    }
}
