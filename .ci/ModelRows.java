import java.sql.DriverManager;
import java.sql.SQLException;

/** Prints Heimdall's models, the oldest first, a JSON object a line. Arguments: the JDBC address, the user, the password. */
final class ModelRows {
    private ModelRows() {}

    public static void main(String[] args) throws SQLException {
        try (var connection = DriverManager.getConnection(args[0], args[1], args[2]);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT row_to_json(m)::text FROM heimdall.models m ORDER BY created_at")) {
            while (rows.next()) {
                System.out.println(rows.getString(1));
            }
        }
    }
}
