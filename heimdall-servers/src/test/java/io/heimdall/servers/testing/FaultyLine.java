package io.heimdall.servers.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy on 127.0.0.1 that hands bytes on, until it is told to do harm. */
public final class FaultyLine implements AutoCloseable {

    /** What happens to a connection. */
    public enum Fault {
        /** Ends with a reset. */
        RESET,
        /** Ends as if all had been said. */
        TRUNCATED,
        /** Ends one way as if all had been said; what is answered to that still comes through. */
        HALF_CLOSED,
        /** Stays open and says nothing more. */
        STALLED,
        /** Goes on with 64 bytes every 50 ms. */
        SLOW,
        /** Ends with a reset, and so do all others; new ones are refused. */
        DOWN
    }

    /** Which bytes are counted and harmed. */
    public enum Way {
        TO_SERVER,
        TO_CLIENT
    }

    /**
     * Below what the system gives out, and each one once: while a line is down, its port must not become another line's, in
     * a test beside this one.
     */
    private static final int FIRST_PORT = 15_000;

    private static final int PORTS = 10_000;
    private static final AtomicInteger NEXT = new AtomicInteger(new Random().nextInt(PORTS));

    private final int serverPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket door;
    private final int port;
    private Fault fault;
    private Way way;
    private long afterBytes;
    private long left;
    private int times;
    private int struck;
    private int connections;

    /** Listens, and hands on to a port of this machine. */
    public FaultyLine(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.door = listenSomewhere();
        this.port = door.getLocalPort();
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Does harm each time that so many bytes have gone one way since the last time, a number of times. */
    public synchronized void arm(Fault harm, Way direction, long bytes, int howOften) {
        fault = harm;
        way = direction;
        afterBytes = bytes;
        left = bytes;
        times = howOften;
        struck = 0;
    }

    /** Does no harm to what comes from now on. */
    public synchronized void disarm() {
        times = 0;
    }

    /** How often harm was done since it was armed. */
    public synchronized int struck() {
        return struck;
    }

    /** How many connections there were in all. */
    public synchronized int connections() {
        return connections;
    }

    /** Refuses connections, and resets those that are there. */
    public void down() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            reset(socket);
        }
    }

    /** Listens again, on the same port. */
    public void up() throws IOException {
        door = listen(port);
    }

    private ServerSocket listenSomewhere() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return listen(FIRST_PORT + NEXT.getAndIncrement() % PORTS);
            } catch (BindException e) { // somebody else's
                if (tries == PORTS) {
                    throw e;
                }
            }
        }
    }

    private ServerSocket listen(int where) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), where));
        start(() -> {
            while (!socket.isClosed()) {
                Socket client = socket.accept();
                synchronized (this) {
                    connections++;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(client);
                sockets.add(server);
                if (socket.isClosed()) { // went down in between, and may not have seen these two
                    reset(client);
                    reset(server);
                    return;
                }
                start(() -> pump(client, server, Way.TO_SERVER));
                start(() -> pump(server, client, Way.TO_CLIENT));
            }
        });
        return socket;
    }

    private void pump(Socket from, Socket to, Way direction) throws Exception {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] block = new byte[1 << 14];
            for (int read = in.read(block); read > 0; read = in.read(block)) {
                int good = allowed(direction, read);
                out.write(block, 0, good);
                out.flush();
                if (good < read) {
                    harm(from, to, block, good, read);
                }
            }
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private synchronized int allowed(Way direction, int bytes) {
        if (times == 0 || direction != way) {
            return bytes;
        }
        if (left >= bytes) {
            left -= bytes;
            return bytes;
        }
        int good = (int) left;
        times--;
        struck++;
        left = afterBytes;
        return good;
    }

    private void harm(Socket from, Socket to, byte[] block, int start, int end) throws Exception {
        switch (fault) {
            case RESET -> {
                reset(to);
                reset(from);
            }
            case DOWN -> down();
            case TRUNCATED -> to.close();
            case HALF_CLOSED -> {
                to.shutdownOutput();
                from.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
            case STALLED -> Thread.sleep(Long.MAX_VALUE);
            case SLOW -> {
                for (int i = start; i < end; i += 64) {
                    to.getOutputStream().write(block, i, Math.min(64, end - i));
                    to.getOutputStream().flush();
                    Thread.sleep(50);
                }
            }
        }
    }

    private static void reset(Socket socket) throws IOException {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException alreadyClosed) {
            return; // perhaps only just, by one of its pumps
        }
        socket.close();
    }

    private interface Task {
        void run() throws Exception;
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (Exception theConnectionEnded) {
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        down();
    }
}
