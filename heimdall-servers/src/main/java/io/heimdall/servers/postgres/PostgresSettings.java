package io.heimdall.servers.postgres;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where Heimdall's database is and who asks it.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, without user and password
 * @param user of the database
 * @param password empty where the server wants none; never shown
 * @param timeout the longest silence of the server during one call, 1 s or more
 * @param connections at most, 2..100; streams read at the same time take one each, and everything else shares one
 */
public record PostgresSettings(String url, String user, String password, Duration timeout, int connections) {

    /** The variable that names the database; without it there is none. */
    public static final String URL = "HEIMDALL_DATABASE_URL";

    private static final String JDBC = "jdbc:postgresql:";

    /** Checks everything that can be checked without the server. */
    public PostgresSettings {
        Objects.requireNonNull(password, "password");
        if (!url.startsWith(JDBC + "//")) {
            throw new IllegalArgumentException(
                    "the database's address is not of the form jdbc:postgresql://host:port/database");
        }
        if (url.contains("password=") || url.substring(JDBC.length()).contains("@")) {
            // Without showing it: such an address is a secret.
            throw new IllegalArgumentException(
                    "the database's address holds a user or password; give them by themselves, so that no log shows them");
        }
        if (user.isBlank()) {
            throw new IllegalArgumentException("the database " + url + " needs a user, found '" + user + "'");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("timeout " + timeout + " of the database is less than 1 s");
        }
        if (connections < 2 || connections > 100) {
            throw new IllegalArgumentException("connections " + connections + " of the database is not in 2..100");
        }
    }

    /**
     * Returns settings with a timeout of one minute and 4 connections.
     *
     * @param address {@code jdbc:postgresql://host:port/database}, or as other programs have it,
     *     {@code postgresql://user:password@host:port/database}
     * @param user empty if the address has it
     * @param password empty if the address has it, or the server wants none
     * @return the settings
     * @throws IllegalArgumentException if something is missing; the message holds no secret
     */
    public static PostgresSettings of(String address, String user, String password) {
        Duration timeout = Duration.ofMinutes(1);
        int connections = 4;
        if (!address.startsWith("postgresql://") && !address.startsWith("postgres://")) {
            return new PostgresSettings(address, user, password, timeout, connections);
        }
        int at = address.lastIndexOf('@');
        String place = address.substring(at < 0 ? address.indexOf("//") + 2 : at + 1);
        String[] who = at < 0
                ? new String[0]
                : address.substring(address.indexOf("//") + 2, at).split(":", 2);
        return new PostgresSettings(
                JDBC + "//" + place,
                user.isEmpty() && who.length > 0 ? decoded(who[0]) : user,
                password.isEmpty() && who.length > 1 ? decoded(who[1]) : password,
                timeout,
                connections);
    }

    /**
     * Reads {@code HEIMDALL_DATABASE_URL}, {@code HEIMDALL_DATABASE_USER} and {@code HEIMDALL_DATABASE_PASSWORD}.
     *
     * @param environment the variables, such as {@link System#getenv()}
     * @return nothing where there is no address
     * @throws IllegalArgumentException if something is missing or cannot be used; the message holds no secret
     */
    public static Optional<PostgresSettings> parse(Map<String, String> environment) {
        String address = environment.getOrDefault(URL, "").strip();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(
                    address,
                    environment.getOrDefault("HEIMDALL_DATABASE_USER", "").strip(),
                    environment.getOrDefault("HEIMDALL_DATABASE_PASSWORD", "")));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " (" + URL + ", HEIMDALL_DATABASE_USER)");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Returns these settings with another longest silence of the server. */
    public PostgresSettings withTimeout(Duration silence) {
        return new PostgresSettings(url, user, password, silence, connections);
    }

    /** Returns these settings with another number of connections. */
    public PostgresSettings withConnections(int most) {
        return new PostgresSettings(url, user, password, timeout, most);
    }

    /** The server and database without parameters, for messages. */
    String place() {
        URI uri = URI.create(url.substring("jdbc:".length()).split("\\?", 2)[0]);
        return uri.getAuthority() + uri.getPath();
    }

    /** Returns everything but the password. */
    @Override
    public String toString() {
        return "PostgresSettings[url=" + url + ", user=" + user + ", timeout=" + timeout + ", connections="
                + connections + "]";
    }
}
