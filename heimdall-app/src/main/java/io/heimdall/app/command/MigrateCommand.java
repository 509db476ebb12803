package io.heimdall.app.command;

import io.heimdall.servers.postgres.PostgresCatalog;
import io.heimdall.servers.postgres.PostgresSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code heimdall migrate}: creates the tables that a database lacks. */
@Command(
        name = "migrate",
        description = {
            "Create the missing tables: all tables in an empty database, this library's own tables (training_...) in"
                    + " Heimdall's database. An existing table is never altered; a second call does nothing.",
            "HEIMDALL_DATABASE_URL (jdbc:postgresql://host:port/database) names the database, HEIMDALL_DATABASE_USER its user,"
                    + " HEIMDALL_DATABASE_PASSWORD the password."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  heimdall migrate"})
public final class MigrateCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    MigrateCommand() {}

    @Override
    public Integer call() throws IOException {
        PostgresSettings database =
                output.usage(() -> database(output.configuration().variables()));
        List<String> created = PostgresCatalog.migrate(database);
        output.say(
                created.isEmpty()
                        ? "Nothing was missing."
                        : "Created " + created.size() + " tables: " + String.join(", ", created));
        output.json(Map.of("created", created));
        return 0;
    }

    /** The database that the variables name. */
    static PostgresSettings database(Map<String, String> variables) {
        return PostgresSettings.parse(variables)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no database named: set " + PostgresSettings.URL + " (jdbc:postgresql://host:port/database)"));
    }
}
