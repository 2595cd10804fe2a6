package sluice.entry.gate;

import java.util.Map;
import java.util.Optional;

/**
 * A call as handlers see it.
 *
 * @param id API Gateway's id of the call
 * @param operation the route that the call matched
 * @param author who calls
 * @param path values of the places of the route's template
 * @param query parameters of the query string
 * @param headers by name in lower case
 * @param body the text, empty where there is none
 */
record Request(
        String id,
        Route operation,
        String author,
        Map<String, String> path,
        Map<String, String> query,
        Map<String, String> headers,
        String body) {

    String inPath(String name) {
        return path.get(name);
    }

    Optional<String> inQuery(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /** A parameter of the query string without which the call says nothing. */
    String required(String name) {
        return inQuery(name)
                .orElseThrow(() -> ProblemException.badRequest("The query parameter '" + name + "' is missing"));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** A whole number of the query string. */
    int number(String name, int otherwise, int least, int most) {
        String text = inQuery(name).orElse(null);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw ProblemException.badRequest(
                    "The query parameter '" + name + "' is '" + text + "', not a number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }
}
