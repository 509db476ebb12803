package io.heimdall.tracking;

import java.util.Map;
import java.util.regex.Pattern;

/** The rules for names, those of MLflow or stricter: many names become paths of files. */
public final class Names {
    private static final Pattern PATH = Pattern.compile("[\\w.\\- /]{1,250}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_][\\w.\\-]{0,199}");
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z_][\\w\\-]{0,199}");
    private static final Pattern VERSION = Pattern.compile("[vV]\\d+");
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9][\\w\\-]{0,63}");

    private Names() {}

    /** Checks a name that may have slashes: of a parameter, metric, tag or artifact. */
    public static String path(String what, String name) {
        check(PATH.matcher(name).matches(), what, name, "of letters, digits, and _ - . / and spaces, at most 250");
        for (String part : name.split("/", -1)) {
            check(
                    !part.isBlank() && !part.equals(".") && !part.equals(".."),
                    what,
                    name,
                    "with no empty part, '.' or '..' between its slashes");
        }
        return name;
    }

    /** Checks a path among artifacts, or empty for their root. */
    public static String directory(String name) {
        return name.isEmpty() ? name : path("artifact directory", name);
    }

    /** Checks a name of a model. */
    public static String model(String name) {
        check(WORD.matcher(name).matches(), "model", name, "of letters, digits, and _ - . and at most 200");
        return name;
    }

    /** Checks an alias; {@code latest} and {@code v1} mean something else to MLflow. */
    public static String alias(String name) {
        check(
                ALIAS.matcher(name).matches() && !VERSION.matcher(name).matches() && !name.equalsIgnoreCase("latest"),
                "alias",
                name,
                "of letters, digits, _ and -, not beginning with a digit, and neither 'latest' nor like 'v1'");
        return name;
    }

    /** Checks an id of a run. */
    public static String run(String id) {
        check(RUN.matcher(id).matches(), "run id", id, "of letters, digits, _ and -, and at most 64");
        return id;
    }

    /** Checks a value of a parameter; MLflow's servers take no longer one, so a file store could not be synchronised. */
    public static String paramValue(String name, String value) {
        return value("param", name, value, 6000);
    }

    /** Checks a value of a tag. */
    public static String tagValue(String name, String value) {
        return value("tag", name, value, 8000);
    }

    /** Checks a value of a tag of a model version, which MLflow keeps shorter. */
    public static String versionTagValue(String name, String value) {
        return value("tag", name, value, 5000);
    }

    /** Checks tags of a model version, and copies them. */
    public static Map<String, String> versionTags(Map<String, String> tags) {
        tags.forEach((key, value) -> versionTagValue(path("tag", key), value));
        return Map.copyOf(tags);
    }

    private static String value(String what, String name, String value, int longest) {
        if (value.length() > longest) {
            throw new IllegalArgumentException(
                    what + " " + name + " has " + value.length() + " characters, at most " + longest + " are kept");
        }
        return value;
    }

    /** Checks a name for people, which is no path. */
    public static String text(String what, String name) {
        check(
                !name.isBlank() && name.length() <= 250 && name.chars().noneMatch(Character::isISOControl),
                what,
                name,
                "of 1..250 characters, not all blank, on one line");
        return name;
    }

    private static void check(boolean holds, String what, String name, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(what + " '" + name + "' is not a name " + rule);
        }
    }
}
